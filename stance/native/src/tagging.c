#include "tagging.h"

enum { LONGEST_GAP = 3, LONGEST_ENTRY = 64 };

/* How well an entry fits: words it names, characters it fixes; where it ends; whether it leaps over a gap. */
typedef struct {
    uint32_t words, characters, end, concept;
    bool gapped;
} match;

typedef struct {
    const concept_channel *channel;
    const token *const *tokens;
    uint32_t count;
    const uint8_t *taken;
    match first, best; /* their concept is NONE until one is found */
} search;

static void offer(search *s, match found)
{
    if (found.end > 0 && found.end <= s->count && s->taken && s->taken[found.end - 1])
        return;
    if (s->first.concept == NONE)
        s->first = found;
    if (s->best.concept == NONE || found.words > s->best.words ||
        (found.words == s->best.words && found.characters > s->best.characters))
        s->best = found;
}

static match fixing(match m, uint32_t characters)
{
    m.characters += characters;
    return m;
}

/* Offer every match that goes on from `node`, `depth` steps from the root, with token `so_far.end`. */
static void matches(search *s, uint32_t node, uint32_t depth, match so_far)
{
    const trie *entries = &s->channel->entries;
    entry here = s->channel->entry[node];
    uint32_t i = so_far.end;
    so_far.concept = here.concept;
    if (here.concept != NONE)
        offer(s, so_far);
    if (i >= s->count || depth == LONGEST_ENTRY)
        return;
    const token *t = s->tokens[i];
    so_far.words++;
    so_far.end++;
    if (here.steps & BY_WORD && t->lexeme != NONE) {
        uint32_t next = node == 0 ? t->entry : trie_step(entries, node, 2 * t->lexeme);
        if (next != NONE)
            matches(s, next, depth + 1, fixing(so_far, t->length + 1));
    }
    if (here.steps & BY_STEM)
        for (uint32_t j = 0; j < t->stems; j++) {
            const stem *stem = t->stem + j;
            uint32_t next = node == 0 ? stem->entry : trie_step(entries, node, 2 * stem->lexeme + 1);
            if (next != NONE)
                matches(s, next, depth + 1, fixing(so_far, stem->length));
        }
    so_far.words--;
    so_far.gapped = true;
    if (here.gap != NONE)
        for (uint32_t skipped = 0; skipped <= LONGEST_GAP; skipped++) {
            if (i + skipped >= s->count || (skipped && s->tokens[i + skipped - 1]->bits & GAP_END))
                break;
            so_far.end = i + skipped;
            matches(s, here.gap, depth + 1, so_far);
        }
}

static search begin(const concept_channel *c, const token *const *tokens, uint32_t count, const uint8_t *taken)
{
    match none = {.concept = NONE};
    return (search){c, tokens, count, taken, none, none};
}

/* The longest entry that begins at token `i` and does not end in one that another idiom has taken. */
static match best(const concept_channel *c, const token *const *tokens, uint32_t count, uint32_t i, const uint8_t *taken)
{
    search s = begin(c, tokens, count, taken);
    matches(&s, 0, 0, (match){.end = i});
    if (s.best.concept != NONE)
        return s.best;
    return (match){.concept = tokens[i]->part, .end = i + 1};
}

uint32_t first_concept(const concept_channel *c, const token *t)
{
    search s = begin(c, &t, 1, NULL);
    matches(&s, 0, 0, (match){.end = 0});
    return s.first.concept;
}

uint32_t concept_alone(const concept_channel *c, const token *t)
{
    return best(c, &t, 1, 0, NULL).concept;
}

/* Add the topic word at `place` within an idiom: "talks have collapsed" is about talks, too. */
static void add_topic(const concept_channel *c, const token *t, uint32_t place, tag *tags, uint32_t *count)
{
    if (t->alone != NONE && c->concept[t->alone].role == TOPIC)
        tags[(*count)++] = (tag){t->alone, place, place + 1};
}

/* Put tags in order of their first tokens, those of one token as they are; few are out of order, and not by far. */
static void sort(tag *tags, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        tag moved = tags[i];
        uint32_t j = i;
        for (; j > 0 && tags[j - 1].first > moved.first; j--)
            tags[j] = tags[j - 1];
        tags[j] = moved;
    }
}

/* Have the memory fetched that the entries of several words which may begin with each token will need. */
static void expect_entries(const concept_channel *c, const token *const *tokens, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (!(tokens[i]->bits & OPENING) || tokens[i]->entry == NONE)
            continue;
        expect(c->entry + tokens[i]->entry);
        expect(trie_find(&c->entries, tokens[i]->entry, 2 * tokens[i + 1]->lexeme));
    }
}

uint32_t tag_tokens(const concept_channel *c, const token *const *tokens, uint32_t count, uint8_t *taken, tag *tags)
{
    expect_entries(c, tokens, count);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count;) {
        match m = {.concept = NONE};
        if (!taken[i] && !(tokens[i]->bits & OPENING))
            m = (match){.concept = tokens[i]->alone, .end = i + 1};
        else if (!taken[i])
            m = best(c, tokens, count, i, taken);
        if (m.concept == NONE) {
            i++;
            continue;
        }
        tags[found++] = (tag){m.concept, i, m.end};
        bool is_topic = c->concept[m.concept].role == TOPIC;
        if (m.gapped) {
            /* What lies between its ends is read on its own. */
            if (!is_topic) {
                add_topic(c, tokens[i], i, tags, &found);
                if (m.end > 0)
                    add_topic(c, tokens[m.end - 1], m.end - 1, tags, &found);
            }
            if (m.end > 0)
                taken[m.end - 1] = 1;
            i++;
        } else {
            for (uint32_t place = i; place < m.end && !is_topic; place++)
                add_topic(c, tokens[place], place, tags, &found);
            i = m.end > i ? m.end : i + 1;
        }
    }
    sort(tags, found);
    return found;
}
