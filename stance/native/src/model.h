/* The model: what all threads and, through the page cache, all processes read and none writes. */
#pragma once
#include "tally.h"
#include "trie.h"

/* A channel of n-grams: the tree of its runs, whose first nodes are its features and the next one its root. */
typedef struct {
    bool present;
    uint32_t low, high;
    trie runs;
    vocabulary vocabulary;
} ngrams;

enum role { NO_ROLE, TOPIC, NEGATION, CONTRAST, CONCESSION, UNREAL, SPEECH, ROLES };

typedef struct {
    int32_t sign, role;
} concept;

/* A place in the lexicon's tree, and which kinds of step go on from it. */
typedef struct {
    uint32_t concept, gap, steps;
} entry;

enum { BY_WORD = 1, BY_STEM = 2 };

/* A template's slot is smaller than this, so that the template's number fits above it. */
enum { LARGEST_SLOT = 1 << 24 };

typedef struct {
    bool present;
    trie entries;        /* by lexeme: 2 * lexeme for a word, 2 * lexeme + 1 for a stem */
    const entry *entry;  /* one for each node of `entries` */
    const concept *concept;
    uint32_t concepts;
    bool names_topics; /* one of them is a topic */
    trie phrases;  /* by lexeme */
    trie features; /* see concepts.c */
    vocabulary vocabulary;
} concept_channel;

/* The sets of words that a lexeme is in: a bit for each, as `WORD_SETS` in stance/native/tables.py. */
enum {
    GAP_END = 1 << 0,
    NEGATION_STOP = 1 << 1,
    UNREAL_STOP = 1 << 2,
    PUNCTUATION = 1 << 3,
    CONCESSION_END = 1 << 4,
    CLAUSE_END = 1 << 5,
    QUESTION_MARK = 1 << 6,
    QUESTION_END = 1 << 7,
    STEM = 1 << 8,
    OPENING = 1 << 9, /* set by make_token: an entry of several words may begin with the token */
};

typedef struct {
    uint32_t labels;
    const double *intercept;
    trie lexemes; /* by code point: words, and the beginnings of words */
    const uint16_t *lexeme_bits;
    ngrams words, characters;
    concept_channel concepts;
} model;

static inline uint32_t root_of(const ngrams *channel)
{
    return channel->vocabulary.features;
}
