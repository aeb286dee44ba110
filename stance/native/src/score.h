/* Scoring: from a text to its logits. Mirrors stance/scorer.py. */
#pragma once
#include "chunks.h"

enum { POWERS = 64 };

/* What one thread works with: the chunks it remembers, a text's own memory, and a tally for each channel. */
typedef struct scratch {
    memo memo;
    arena text;
    tally words, characters, concepts;
    uint64_t base, powers[POWERS]; /* of the chunks' hashes */
    struct scratch *next;
} scratch;

/* What is known of a text beside its logits: how many words begin with a letter, how many of those are features, and
 * whether a word for the topic was found (true where none is looked for). */
typedef struct {
    uint32_t words, known_words;
    bool topical;
} facts;

/* `secret` is a number that no text's author can know, lest they write chunks of one hash. */
scratch *scratch_new(const model *m, uint64_t secret);
void scratch_free(scratch *s);

/* Score a text of packed symbols into `labels` logits. Return false where memory has run out; the scratch is then of no
 * more use. */
bool score(const model *m, scratch *s, const uint32_t *symbols, uint32_t length, double *logits, facts *facts);

/* Turn logits into probabilities, in place. */
void softmax(double *logits, uint32_t labels);
