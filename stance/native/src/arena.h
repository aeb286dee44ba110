/* An arena: memory taken piece by piece and given back all at once. */
#pragma once
#include <stddef.h>

struct block;

typedef struct {
    struct block *newest;
    size_t held; /* bytes, over all blocks */
} arena;

/* Return `bytes` bytes, aligned for any type, or NULL where memory has run out. */
void *arena_take(arena *a, size_t bytes);

/* Return room for `count` things of `size` bytes each, or NULL. */
void *arena_take_many(arena *a, size_t count, size_t size);

/* Keep only `bytes` of what was taken last, which begins at `piece`. */
void arena_trim(arena *a, const void *piece, size_t bytes);

/* Give everything back but for one block of ordinary size, which is kept for next time. */
void arena_clear(arena *a);

/* Give everything back. */
void arena_free(arena *a);
