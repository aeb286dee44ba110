#include "tokens.h"

#include "symbols.h"
#include "tagging.h"

enum { SHORTEST_PART = 4 };

static uint32_t lexeme_of(const model *m, const uint32_t *symbols, uint32_t length)
{
    uint32_t node = 0;
    for (uint32_t i = 0; i < length && node != NONE; i++)
        node = trie_step(&m->lexemes, node, symbols[i] & CODE_POINT);
    return node;
}

static bool is(uint32_t symbol, char character)
{
    return (symbol & CODE_POINT) == (uint32_t)character;
}

static bool is_any(uint32_t symbol, const char *characters)
{
    for (; *characters; characters++)
        if (is(symbol, *characters))
            return true;
    return false;
}

static bool spells(const uint32_t *symbols, uint32_t length, const char *word)
{
    if (strlen(word) != length)
        return false;
    for (uint32_t i = 0; i < length; i++)
        if (!is(symbols[i], word[i]))
            return false;
    return true;
}

/* \w+(?:'\w+)* */
uint32_t read_words(const model *m, arena *a, const uint32_t *symbols, uint32_t length, const word **words)
{
    word *found = arena_take_many(a, length, sizeof *found);
    if (!found)
        return NONE;
    uint32_t count = 0;
    for (uint32_t i = 0; i < length;) {
        if (!(symbols[i] & WORD)) {
            i++;
            continue;
        }
        uint32_t start = i;
        while (i < length && ((symbols[i] & WORD) || (is(symbols[i], '\'') && i + 1 < length && (symbols[i + 1] & WORD))))
            i++;
        uint32_t lexeme = lexeme_of(m, symbols + start, i - start);
        uint32_t run = trie_step(&m->words.runs, root_of(&m->words), lexeme);
        found[count++] = (word){lexeme, run, (symbols[start] & ALPHA) != 0};
    }
    arena_trim(a, found, count * sizeof *found);
    *words = found;
    return count;
}

/* Find the stems of a word, which lie on the way to its lexeme. */
static bool find_lexeme(const model *m, arena *a, const uint32_t *symbols, uint32_t length, token *t)
{
    stem *found = NULL;
    uint32_t node = 0;
    t->stems = 0;
    for (uint32_t i = 0; i < length && node != NONE; i++) {
        node = trie_step(&m->lexemes, node, symbols[i] & CODE_POINT);
        if (node == NONE || !(m->lexeme_bits[node] & STEM))
            continue;
        if (!found && !(found = arena_take_many(a, length, sizeof *found)))
            return false;
        found[t->stems++] = (stem){node, i + 1, trie_step(&m->concepts.entries, 0, 2 * node + 1)};
    }
    if (found)
        arena_trim(a, found, t->stems * sizeof *found);
    t->lexeme = node;
    t->length = length;
    t->stem = found;
    return true;
}

/* The concept of the first part of a hyphenated word that has one. */
static bool find_part(const model *m, arena *a, const uint32_t *symbols, uint32_t length, uint32_t *concept)
{
    *concept = NONE;
    uint32_t start = 0;
    for (uint32_t i = 0; i <= length && *concept == NONE; i++) {
        if (i < length && !is(symbols[i], '-'))
            continue;
        if (i - start >= SHORTEST_PART && i - start < length) {
            token part = {.part = NONE};
            if (!find_lexeme(m, a, symbols + start, i - start, &part))
                return false;
            part.entry = part.lexeme == NONE ? NONE : trie_step(&m->concepts.entries, 0, 2 * part.lexeme);
            *concept = first_concept(&m->concepts, &part);
        }
        start = i + 1;
    }
    return true;
}

static bool leads_on(const concept_channel *c, uint32_t node)
{
    return node != NONE && (c->entry[node].steps || c->entry[node].gap != NONE);
}

/* Tell whether an entry of several words may begin with a token. */
static bool opens(const concept_channel *c, const token *t)
{
    for (uint32_t i = 0; i < t->stems; i++)
        if (leads_on(c, t->stem[i].entry))
            return true;
    return leads_on(c, t->entry) || c->entry[0].gap != NONE || c->entry[0].concept != NONE;
}

static bool make_token(const model *m, arena *a, const uint32_t *symbols, uint32_t length, token *t)
{
    if (!find_lexeme(m, a, symbols, length, t) || !find_part(m, a, symbols, length, &t->part))
        return false;
    t->bits = t->lexeme == NONE ? 0 : m->lexeme_bits[t->lexeme];
    t->entry = t->lexeme == NONE ? NONE : trie_step(&m->concepts.entries, 0, 2 * t->lexeme);
    t->alone = concept_alone(&m->concepts, t);
    t->bits = (t->bits & ~(uint32_t)OPENING) | (opens(&m->concepts, t) ? OPENING : 0);
    return true;
}

/* Return the end of the token that begins at `start`:
 * [^\W\d_](?:[\w'-]*\w)?|\d(?:[\w,.:]*\w)?|\.\.\.|[^\w\s]|_ */
static uint32_t token_end(const uint32_t *symbols, uint32_t start, uint32_t length)
{
    const char *inside;
    if (is_letter(symbols[start]))
        inside = "'-";
    else if (symbols[start] & DIGIT)
        inside = ",.:";
    else
        return length - start >= 3 && spells(symbols + start, 3, "...") ? start + 3 : start + 1;
    uint32_t end = start + 1;
    for (uint32_t i = end; i < length && ((symbols[i] & WORD) || is_any(symbols[i], inside)); i++)
        if (symbols[i] & WORD)
            end = i + 1;
    return end;
}

static bool all_words(const uint32_t *symbols, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (!(symbols[i] & WORD))
            return false;
    return length > 0;
}

/* A contraction whose verb is not what stands before it. */
typedef struct {
    const char *written;
    uint32_t verb[5], length;
} contraction;

static const contraction IRREGULAR[] = {
    {"won't", {'w', 'i', 'l', 'l'}, 4},
    {"can't", {'c', 'a', 'n'}, 3},
    {"shan't", {'s', 'h', 'a', 'l', 'l'}, 5},
    {"cannot", {'c', 'a', 'n'}, 3},
};
static const uint32_t NOT[] = {'n', 'o', 't'};

/* A word that is read as another one. */
typedef struct {
    const char *written;
    uint32_t word[10], length;
} spelling;

static const spelling SPELLINGS[] = {
    {"cease-fire", {'c', 'e', 'a', 's', 'e', 'f', 'i', 'r', 'e'}, 9},
    {"cease-fires", {'c', 'e', 'a', 's', 'e', 'f', 'i', 'r', 'e', 's'}, 10},
};

static void find_spelling(const uint32_t **symbols, uint32_t *length)
{
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++)
        if (spells(*symbols, *length, SPELLINGS[i].written)) {
            *symbols = SPELLINGS[i].word;
            *length = SPELLINGS[i].length;
            return;
        }
}

/* Find the verb of a contraction with "not", or return false. */
static bool find_verb(const uint32_t **symbols, uint32_t *length)
{
    for (size_t i = 0; i < sizeof IRREGULAR / sizeof *IRREGULAR; i++)
        if (spells(*symbols, *length, IRREGULAR[i].written)) {
            *symbols = IRREGULAR[i].verb;
            *length = IRREGULAR[i].length;
            return true;
        }
    if (*length <= 3 || !spells(*symbols + *length - 3, 3, "n't") || !all_words(*symbols, *length - 3))
        return false;
    *length -= 3;
    return true;
}

/* Make the tokens of one match, one or two: "hasn't" is "has", "not"; "cease-fire" is "ceasefire"; a possessive 's is
 * left out. */
static uint32_t split(const model *m, arena *a, const uint32_t *symbols, uint32_t length, token t[2])
{
    if (find_verb(&symbols, &length))
        return make_token(m, a, symbols, length, t) && make_token(m, a, NOT, 3, t + 1) ? 2 : NONE;
    if (length > 2 && spells(symbols + length - 2, 2, "'s"))
        length -= 2;
    find_spelling(&symbols, &length);
    return make_token(m, a, symbols, length, t) ? 1 : NONE;
}

uint32_t read_tokens(const model *m, arena *a, const uint32_t *symbols, uint32_t length, const token **tokens)
{
    /* Two tokens come of no fewer than four characters. */
    token *found = arena_take_many(a, length, sizeof *found);
    if (!found)
        return NONE;
    uint32_t count = 0;
    for (uint32_t start = 0, end; start < length; start = end) {
        end = token_end(symbols, start, length);
        token t[2];
        uint32_t made = split(m, a, symbols + start, end - start, t);
        if (made == NONE)
            return NONE;
        for (uint32_t i = 0; i < made; i++)
            found[count++] = t[i];
    }
    *tokens = found;
    return count;
}
