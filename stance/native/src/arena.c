#include "arena.h"

#include <stdint.h>
#include <stdlib.h>

/* Under a sanitizer every piece has a block of its own, so that a step beyond its end is seen. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK (1 << 16)
#endif

enum { ORDINARY = ARENA_BLOCK, ALIGNMENT = 16 };

typedef struct block {
    struct block *older;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
} block;

static block *add_block(arena *a, size_t bytes)
{
    size_t size = bytes > ORDINARY ? bytes : ORDINARY;
    block *b = malloc(sizeof(block) + size);
    if (!b)
        return NULL;
    b->older = a->newest;
    b->size = size;
    b->used = 0;
    a->newest = b;
    a->held += size;
    return b;
}

void *arena_take(arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    block *b = a->newest;
    if (!b || b->size - b->used < bytes)
        b = add_block(a, bytes);
    if (!b)
        return NULL;
    void *piece = b->bytes + b->used;
    b->used += bytes;
    return piece;
}

void *arena_take_many(arena *a, size_t count, size_t size)
{
    return count > SIZE_MAX / 2 / size ? NULL : arena_take(a, count * size);
}

void arena_trim(arena *a, const void *piece, size_t bytes)
{
    size_t end = (size_t)((const char *)piece - a->newest->bytes) + bytes;
    a->newest->used = (end + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

void arena_clear(arena *a)
{
    block *kept = NULL;
    while (a->newest) {
        block *b = a->newest;
        a->newest = b->older;
        if (!kept && b->size == ORDINARY)
            kept = b;
        else
            free(b);
    }
    a->held = 0;
    if (kept) {
        kept->older = NULL;
        kept->used = 0;
        a->newest = kept;
        a->held = kept->size;
    }
}

void arena_free(arena *a)
{
    while (a->newest) {
        block *b = a->newest;
        a->newest = b->older;
        free(b);
    }
    a->held = 0;
}
