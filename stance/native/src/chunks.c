#include "chunks.h"

#include "symbols.h"

enum { FEWEST_SLOTS = 1 << 12, MOST_BYTES = 1 << 24 };

/* The runs of `low` to `high` characters in a chunk padded with a space on either side; a chunk shorter than `low` is
 * one run. */
static bool read_runs(const ngrams *channel, arena *a, chunk *c)
{
    uint32_t padded = c->length + 2;
    double *sums = arena_take_many(a, channel->vocabulary.width, sizeof *sums);
    size_t most = ((size_t)padded * (channel->high - channel->low + 1) / RUNS_COPIED + 1) * RUNS_COPIED;
    uint32_t *runs = arena_take_many(a, most, sizeof *runs);
    if (!runs || !sums)
        return false;
    memset(sums, 0, channel->vocabulary.width * sizeof *sums);
    uint32_t low = channel->low < padded ? channel->low : padded;
    for (uint32_t start = 0; start + low <= padded; start++) {
        uint32_t node = root_of(channel);
        for (uint32_t n = 1; n <= channel->high && start + n <= padded && node != NONE; n++) {
            uint32_t i = start + n - 1;
            uint32_t point = i == 0 || i == padded - 1 ? ' ' : c->symbols[i - 1] & CODE_POINT;
            node = trie_step(&channel->runs, node, point);
            if (n >= low && node < channel->vocabulary.features)
                runs[c->runs++] = node;
        }
    }
    add_rows(sums, &channel->vocabulary, runs, c->runs);
    size_t used = ((size_t)c->runs + RUNS_COPIED - 1) / RUNS_COPIED * RUNS_COPIED;
    memset(runs + c->runs, 0, (used - c->runs) * sizeof *runs);
    arena_trim(a, runs, used * sizeof *runs);
    c->run = runs;
    c->sums = sums;
    return true;
}

static void count_words(const model *m, chunk *c)
{
    for (uint32_t i = 0; i < c->words; i++) {
        c->alphabetic += c->word[i].alphabetic;
        c->known += c->word[i].alphabetic && c->word[i].run < m->words.vocabulary.features;
    }
}

static chunk *read_chunk(arena *a, const model *m, const piece *p)
{
    chunk *c = arena_take(a, sizeof *c);
    uint32_t *kept = arena_take_many(a, p->length, sizeof *kept);
    if (!c || !kept)
        return NULL;
    memcpy(kept, p->symbols, p->length * sizeof *kept);
    *c = (chunk){.hash = p->hash, .symbols = kept, .length = p->length};
    if (m->words.present && (c->words = read_words(m, a, kept, p->length, &c->word)) == NONE)
        return NULL;
    count_words(m, c);
    if (m->concepts.present && (c->tokens = read_tokens(m, a, kept, p->length, &c->token)) == NONE)
        return NULL;
    if (m->characters.present && !read_runs(&m->characters, a, c))
        return NULL;
    return c;
}

static bool is_of(const chunk *c, const piece *p)
{
    return c->hash == p->hash && c->length == p->length && !memcmp(c->symbols, p->symbols, p->length * sizeof *p->symbols);
}

static bool grow(memo *c)
{
    memo larger = {.size = c->size ? 2 * c->size : FEWEST_SLOTS};
    larger.slots = calloc(larger.size, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < c->size; i++) {
        if (!c->slots[i])
            continue;
        size_t j = c->slots[i]->hash & (larger.size - 1);
        while (larger.slots[j])
            j = (j + 1) & (larger.size - 1);
        larger.slots[j] = c->slots[i];
    }
    free(c->slots);
    c->slots = larger.slots;
    c->size = larger.size;
    return true;
}

void memo_expect(const memo *c, const piece *p)
{
    if (c->size)
        expect(c->slots + (p->hash & (c->size - 1)));
}

void memo_expect_chunk(const memo *c, const piece *p)
{
    const chunk *likely = c->size ? c->slots[p->hash & (c->size - 1)] : NULL;
    if (likely) {
        expect(likely);
        expect((const char *)likely + 64);
        expect((const char *)likely + 128);
        expect((const char *)likely + 192);
    }
}

const chunk *memo_chunk(memo *c, const model *m, const piece *p)
{
    if (4 * c->used >= c->size && !grow(c))
        return NULL;
    size_t i = p->hash & (c->size - 1);
    for (; c->slots[i]; i = (i + 1) & (c->size - 1))
        if (is_of(c->slots[i], p))
            return c->slots[i];
    const chunk *read = read_chunk(&c->arena, m, p);
    if (read) {
        c->slots[i] = read;
        c->used++;
    }
    return read;
}

void memo_tidy(memo *c)
{
    if (c->arena.held > MOST_BYTES)
        memo_free(c);
}

void memo_free(memo *c)
{
    arena_free(&c->arena);
    free(c->slots);
    c->slots = NULL;
    c->size = c->used = 0;
}
