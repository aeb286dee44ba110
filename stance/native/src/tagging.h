/* Tagging: which tokens of a text stand for which concept. Mirrors stance/tagging.py. */
#pragma once
#include "tokens.h"

/* A concept and the tokens it was read from, `first` to `last` (exclusive). */
typedef struct {
    uint32_t concept, first, last;
} tag;

/* No text has more tags than this for each token. */
enum { TAGS_PER_TOKEN = 3 };

/* Tag `count` tokens, in order of the tags' first tokens; `taken` has room for a byte each, all 0. Return how many. */
uint32_t tag_tokens(const concept_channel *c, const token *const *tokens, uint32_t count, uint8_t *taken, tag *tags);

/* The concept of the first entry that fits a token alone, or NONE. */
uint32_t first_concept(const concept_channel *c, const token *t);

/* The concept of the entry, or else the part, that fits a token alone best, or NONE. */
uint32_t concept_alone(const concept_channel *c, const token *t);
