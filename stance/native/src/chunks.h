/* Chunks: runs of characters without white space, each read once and then remembered.
 *
 * No channel looks across white space before it has its words, tokens or runs of characters, and so all that a chunk
 * adds to a text follows from the chunk. News repeats its chunks: after some thousand sentences nine in ten are known. */
#pragma once
#include "tokens.h"

typedef struct {
    uint64_t hash;
    const uint32_t *symbols; /* packed characters, see symbols.h */
    uint32_t length;
    uint32_t words, tokens, runs;
    uint32_t alphabetic, known; /* words that begin with a letter, and those of them that are features */
    const word *word;
    const token *token;
    const uint32_t *run; /* the known runs of characters, as features of their channel; see `copy_runs` */
    const double *sums;  /* what they add to that channel's tally */
} chunk;

typedef struct {
    arena arena;
    const chunk **slots; /* a power of two, at most a quarter of them used */
    size_t size, used;
} memo;

/* Runs are copied so many at a time, since a processor foresees badly how many there are; their memory ends in a whole
 * step. */
enum { RUNS_COPIED = 16 };

/* Copy the runs of a chunk, and up to RUNS_COPIED of anything after them. */
static inline void copy_runs(const chunk *c, uint32_t *to)
{
    for (uint32_t i = 0; i < c->runs; i += RUNS_COPIED)
        memcpy(to + i, c->run + i, RUNS_COPIED * sizeof *to);
}

/* A stretch of a text, and the hash of its symbols. */
typedef struct {
    const uint32_t *symbols;
    uint32_t length;
    uint64_t hash;
} piece;

/* Have the memory fetched that `memo_chunk` will read for a piece: first where the chunk is noted, then the chunk. */
void memo_expect(const memo *c, const piece *p);
void memo_expect_chunk(const memo *c, const piece *p);

/* Return the chunk of a piece, read or remembered, or NULL where memory has run out. It stays until the memo is tidied. */
const chunk *memo_chunk(memo *c, const model *m, const piece *p);

/* Forget all chunks where they have come to hold much memory. */
void memo_tidy(memo *c);

void memo_free(memo *c);
