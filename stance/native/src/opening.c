#include "opening.h"

#include <string.h>

#include "reading.h"

enum { LONGEST_RUN = 10 };

/* The rows of the array called `channels`. */
enum channel { WORDS, CHARACTERS, CONCEPTS, CHANNELS };

typedef struct {
    uint32_t present, low, high, sublinear;
} settings;

/* Return the first number of the array called `name`, which has `columns` numbers of `size` bytes a row, and set the
 * count of its rows; or return NULL. */
static const void *find(const arrays *a, const char *name, size_t size, size_t columns, size_t *rows)
{
    static const _Alignas(16) char nothing[16] = {0};
    for (int i = 0; i < a->count; i++) {
        array found = a->array[i];
        if (strcmp(found.name, name))
            continue;
        if (found.size != size || found.bytes % (size * columns) || (uintptr_t)found.start % size)
            return NULL;
        *rows = found.bytes / (size * columns);
        return *rows ? found.start : nothing;
    }
    return NULL;
}

static bool open_trie(trie *t, const arrays *a, const char *name, const char *seeds)
{
    size_t slots, buckets;
    if (!(t->edges = find(a, name, sizeof(uint32_t), 3, &slots)) ||
        !(t->seeds = find(a, seeds, sizeof(uint16_t), 1, &buckets)))
        return false;
    t->slots = (uint32_t)slots;
    t->buckets = (uint32_t)buckets;
    return 0 < slots && slots < NONE && 0 < buckets && buckets < NONE;
}

static bool open_vocabulary(vocabulary *v, const arrays *a, const char *name, uint32_t labels, const settings *s)
{
    size_t rows;
    v->width = 1 + (size_t)labels;
    v->sublinear = s->sublinear;
    if (!(v->rows = find(a, name, sizeof(double), v->width, &rows)))
        return false;
    v->features = (uint32_t)rows;
    return rows < NONE / 2;
}

static bool open_ngrams(ngrams *n, const settings *s)
{
    n->present = true;
    n->low = s->low;
    n->high = s->high;
    return 0 < n->low && n->low <= n->high && n->high <= LONGEST_RUN;
}

/* Every step and gap leads from a node to one of a greater number, so that no walk returns to where it was. */
static bool open_entries(concept_channel *c, const arrays *a)
{
    size_t nodes;
    if (!open_trie(&c->entries, a, "lexicon", "lexicon.seeds") ||
        !(c->entry = find(a, "lexicon_nodes", sizeof(uint32_t), 3, &nodes)))
        return false;
    if (nodes == 0 || nodes >= NONE || !trie_leads_below(&c->entries, (uint32_t)nodes))
        return false;
    for (uint32_t i = 0; i < c->entries.slots; i++) {
        edge e = c->entries.edges[i];
        if (e.parent != NONE && e.parent >= e.child)
            return false;
    }
    for (uint32_t i = 0; i < nodes; i++) {
        entry e = c->entry[i];
        if ((e.concept != NONE && e.concept >= c->concepts) || (e.gap != NONE && (e.gap <= i || e.gap >= nodes)))
            return false;
    }
    return true;
}

static bool open_meanings(concept_channel *c, const arrays *a)
{
    size_t concepts;
    /* A name, which is a concept's number times MARKS and a mark, fits into a template's slot. */
    if (!(c->concept = find(a, "concepts", sizeof(int32_t), 2, &concepts)) || concepts > LARGEST_SLOT / MARKS)
        return false;
    c->concepts = (uint32_t)concepts;
    for (uint32_t i = 0; i < c->concepts; i++) {
        concept found = c->concept[i];
        if (found.role < 0 || found.role >= ROLES || found.sign < -1 || found.sign > 1)
            return false;
        c->names_topics |= found.role == TOPIC;
    }
    return true;
}

static const char *open_concepts(concept_channel *c, const arrays *a)
{
    c->present = true;
    if (!open_meanings(c, a))
        return "concepts";
    if (!open_entries(c, a))
        return "lexicon";
    if (!open_trie(&c->phrases, a, "phrases", "phrases.seeds"))
        return "phrases";
    if (!open_trie(&c->features, a, "features", "features.seeds") ||
        !trie_leads_below(&c->features, c->vocabulary.features))
        return "features";
    return NULL;
}

static bool open_lexemes(model *m, const arrays *a)
{
    size_t lexemes;
    return open_trie(&m->lexemes, a, "lexemes", "lexemes.seeds") &&
           (m->lexeme_bits = find(a, "lexeme_bits", sizeof(uint16_t), 1, &lexemes)) && lexemes < NONE / 2 &&
           trie_leads_below(&m->lexemes, (uint32_t)lexemes);
}

const char *model_open(model *m, const arrays *a)
{
    size_t labels, channels;
    *m = (model){0};
    if (!(m->intercept = find(a, "intercept", sizeof(double), 1, &labels)) || labels < 2 || labels > 1 << 20)
        return "intercept";
    m->labels = (uint32_t)labels;
    const settings *s = find(a, "channels", sizeof(uint32_t), sizeof *s / sizeof(uint32_t), &channels);
    if (!s || channels != CHANNELS)
        return "channels";
    if (!open_lexemes(m, a))
        return "lexemes";
    if (s[WORDS].present &&
        !(open_ngrams(&m->words, s + WORDS) && open_trie(&m->words.runs, a, "words", "words.seeds") &&
          open_vocabulary(&m->words.vocabulary, a, "words.rows", m->labels, s + WORDS)))
        return "words";
    if (s[CHARACTERS].present &&
        !(open_ngrams(&m->characters, s + CHARACTERS) &&
          open_trie(&m->characters.runs, a, "characters", "characters.seeds") &&
          open_vocabulary(&m->characters.vocabulary, a, "characters.rows", m->labels, s + CHARACTERS)))
        return "characters";
    if (!s[CONCEPTS].present)
        return NULL;
    if (!open_vocabulary(&m->concepts.vocabulary, a, "concepts.rows", m->labels, s + CONCEPTS))
        return "concepts.rows";
    return open_concepts(&m->concepts, a);
}
