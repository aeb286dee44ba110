/* Tokens and words: what a chunk, a run of characters without white space, holds. Mirrors stance/tokens.py. */
#pragma once
#include "arena.h"
#include "model.h"

/* A word of the n-gram channel: its lexeme, and the run of one word that it begins. Either may be NONE. */
typedef struct {
    uint32_t lexeme, run;
    bool alphabetic; /* it begins with a letter */
} word;

/* A beginning of a token that the lexicon names as a stem, and where it leads from the lexicon's root. */
typedef struct {
    uint32_t lexeme, length, entry;
} stem;

/* A token of the concept channel, with all that follows from it alone. */
typedef struct {
    uint32_t lexeme, length;
    uint32_t bits;      /* the sets of words that it is in */
    uint32_t stems;     /* how many stand at `stem`, shortest first */
    const stem *stem;
    uint32_t entry;     /* where it leads, as a word, from the lexicon's root, or NONE */
    uint32_t part;      /* the concept of a part of it, where it is hyphenated, or NONE */
    uint32_t alone;     /* the concept that it has when it stands alone, or NONE */
} token;

/* Read the words of a chunk onto the arena. Return how many, or NONE where memory has run out. */
uint32_t read_words(const model *m, arena *a, const uint32_t *symbols, uint32_t length, const word **words);

/* Read the tokens of a chunk onto the arena. Return how many, or NONE where memory has run out. */
uint32_t read_tokens(const model *m, arena *a, const uint32_t *symbols, uint32_t length, const token **tokens);
