#include "score.h"

#include "symbols.h"
#include "concepts.h"

typedef struct {
    piece *piece;
    const chunk **chunk;
    size_t words, tokens, runs;
    uint32_t chunks;
} chunked;

/* Return `base` to the power of `n`, modulo 2^64. */
static uint64_t power(uint64_t base, uint32_t n)
{
    uint64_t result = 1;
    for (; n; n >>= 1, base *= base)
        if (n & 1)
            result *= base;
    return result;
}

scratch *scratch_new(const model *m, uint64_t secret)
{
    scratch *s = calloc(1, sizeof *s);
    if (s)
        s->base = secret | 1;
    for (uint32_t n = 0; s && n < POWERS; n++)
        s->powers[n] = power(s->base, n);
    if (s && tally_open(&s->words, &m->words.vocabulary) && tally_open(&s->characters, &m->characters.vocabulary) &&
        tally_open(&s->concepts, &m->concepts.vocabulary))
        return s;
    scratch_free(s);
    return NULL;
}

void scratch_free(scratch *s)
{
    if (!s)
        return;
    memo_free(&s->memo);
    arena_free(&s->text);
    tally_free(&s->words);
    tally_free(&s->characters);
    tally_free(&s->concepts);
    free(s);
}

/* Cut a text at its white space. The hash of a piece is the difference of two prefixes' polynomials (Karp & Rabin 1987),
 * so that no loop ends where a piece does: processors foresee that badly. */
static bool cut(scratch *s, const uint32_t *symbols, uint32_t length, chunked *text)
{
    uint64_t *prefix = arena_take_many(&s->text, (size_t)length + 1, sizeof *prefix);
    uint32_t *ends = arena_take_many(&s->text, (size_t)length + 1, sizeof *ends);
    if (!prefix || !ends)
        return false;
    uint64_t base = s->base, sum = 0;
    uint32_t cuts = 0;
    prefix[0] = 0;
    for (uint32_t i = 0; i < length; i++) {
        prefix[i + 1] = sum = sum * base + symbols[i];
        ends[cuts] = i;
        cuts += (symbols[i] & SPACE) != 0;
    }
    ends[cuts] = length;
    text->piece = arena_take_many(&s->text, (size_t)cuts + 1, sizeof *text->piece);
    text->chunk = arena_take_many(&s->text, (size_t)cuts + 1, sizeof *text->chunk);
    if (!text->piece || !text->chunk)
        return false;
    for (uint32_t i = 0, start = 0; i <= cuts; start = ends[i++] + 1) {
        uint32_t size = ends[i] - start;
        if (size == 0)
            continue;
        uint64_t factor = size < POWERS ? s->powers[size] : power(s->base, size);
        uint64_t hash = prefix[ends[i]] - prefix[start] * factor;
        piece p = {symbols + start, size, hash ^ hash >> 32};
        memo_expect(&s->memo, &p);
        text->piece[text->chunks++] = p;
    }
    return true;
}

/* Read the pieces of a text, or remember them. */
static bool read_pieces(const model *m, scratch *s, chunked *text)
{
    for (uint32_t i = 0; i < text->chunks; i++)
        memo_expect_chunk(&s->memo, text->piece + i);
    for (uint32_t i = 0; i < text->chunks; i++) {
        const chunk *c = memo_chunk(&s->memo, m, text->piece + i);
        if (!c)
            return false;
        text->chunk[i] = c;
        text->words += c->words;
        text->tokens += c->tokens;
        text->runs += c->runs;
    }
    return true;
}

static bool score_characters(const model *m, scratch *s, const chunked *text, double *logits)
{
    const vocabulary *v = &m->characters.vocabulary;
    uint32_t *runs = arena_take_many(&s->text, text->runs + RUNS_COPIED, sizeof *runs);
    if (!runs)
        return false;
    tally_begin(&s->characters, v);
    uint32_t count = 0;
    for (uint32_t i = 0; i < text->chunks; i++) {
        const chunk *c = text->chunk[i];
        tally_add(&s->characters, v, c->sums);
        copy_runs(c, runs + count);
        count += c->runs;
    }
    tally_mark(&s->characters, v, runs, count);
    tally_end(&s->characters, v, logits);
    return true;
}

enum { BLOCK = 64 };

/* Count the runs of `n` words in a row; `nodes` holds where the runs that are a word shorter have led. */
static void count_runs(const ngrams *channel, tally *t, const word *words, uint32_t *nodes, uint32_t count, uint32_t n)
{
    const edge *places[BLOCK];
    for (uint32_t i = 0; i < count; i++) {
        places[i] = trie_find(&channel->runs, nodes[i], words[i + n - 1].lexeme);
        expect(places[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        nodes[i] = trie_take(places[i], nodes[i], words[i + n - 1].lexeme);
        if (n >= channel->low)
            tally_count(t, &channel->vocabulary, nodes[i]);
    }
}

/* Count the runs that begin with one of `starts` words, of which `count` follow each other. */
static void count_block(const ngrams *channel, tally *t, const word *words, uint32_t starts, uint32_t count)
{
    uint32_t nodes[BLOCK];
    for (uint32_t i = 0; i < starts; i++) {
        nodes[i] = words[i].run;
        if (channel->low == 1)
            tally_count(t, &channel->vocabulary, nodes[i]);
    }
    for (uint32_t n = 2; n <= channel->high && n <= count; n++)
        count_runs(channel, t, words, nodes, count - n + 1 < starts ? count - n + 1 : starts, n);
}

static bool score_words(const model *m, scratch *s, const chunked *text, double *logits, facts *facts)
{
    word *words = arena_take_many(&s->text, text->words, sizeof *words);
    uint32_t count = 0;
    if (!words)
        return false;
    for (uint32_t i = 0; i < text->chunks; i++) {
        const chunk *c = text->chunk[i];
        for (uint32_t j = 0; j < c->words; j++)
            words[count++] = c->word[j];
        if (m->words.low == 1) {
            facts->words += c->alphabetic;
            facts->known_words += c->known;
        }
    }
    tally_begin(&s->words, &m->words.vocabulary);
    for (uint32_t start = 0; start < count; start += BLOCK) {
        uint32_t left = count - start;
        count_block(&m->words, &s->words, words + start, left < BLOCK ? left : BLOCK, left);
    }
    tally_end(&s->words, &m->words.vocabulary, logits);
    return true;
}

static bool score_concepts(const model *m, scratch *s, const chunked *text, double *logits, facts *facts)
{
    const token **tokens = arena_take_many(&s->text, text->tokens, sizeof *tokens);
    if (!tokens)
        return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < text->chunks; i++)
        for (uint32_t j = 0; j < text->chunk[i]->tokens; j++)
            tokens[count++] = text->chunk[i]->token + j;
    const vocabulary *v = &m->concepts.vocabulary;
    tally_begin(&s->concepts, v);
    bool topical;
    if (!count_concepts(&m->concepts, &s->concepts, &s->text, tokens, count, &topical))
        return false;
    facts->topical = topical || !m->concepts.names_topics;
    tally_end(&s->concepts, v, logits);
    return true;
}

bool score(const model *m, scratch *s, const uint32_t *symbols, uint32_t length, double *logits, facts *facts)
{
    chunked text = {0};
    facts->words = facts->known_words = 0;
    facts->topical = true;
    memcpy(logits, m->intercept, m->labels * sizeof *logits);
    arena_clear(&s->text);
    memo_tidy(&s->memo);
    if (!cut(s, symbols, length, &text) || !read_pieces(m, s, &text))
        return false;
    if (m->words.present && !score_words(m, s, &text, logits, facts))
        return false;
    if (m->characters.present && !score_characters(m, s, &text, logits))
        return false;
    return !m->concepts.present || score_concepts(m, s, &text, logits, facts);
}

void softmax(double *logits, uint32_t labels)
{
    double greatest = logits[0], sum = 0.0;
    for (uint32_t i = 1; i < labels; i++)
        greatest = logits[i] > greatest ? logits[i] : greatest;
    for (uint32_t i = 0; i < labels; i++)
        sum += logits[i] = exp(logits[i] - greatest);
    for (uint32_t i = 0; i < labels; i++)
        logits[i] /= sum;
}
