#include "concepts.h"

enum { TOPIC_REACH = 6, PAIR_REACH = 5 };

typedef struct {
    const edge *place;
    uint32_t left, right;
} question;

enum { ASKED = 32 };

typedef struct {
    const concept_channel *channel;
    tally *tally;
    const token *const *tokens;
    uint32_t length; /* in tokens */
    const reading *readings;
    uint32_t count;
    question asked[ASKED]; /* features whose memory has been asked for and may not have come yet */
    uint32_t asks;
} sentence;

static void look_up(sentence *s)
{
    for (uint32_t i = 0; i < s->asks; i++) {
        question q = s->asked[i];
        tally_count(s->tally, &s->channel->vocabulary, trie_take(q.place, q.left, q.right));
    }
    s->asks = 0;
}

/* Ask for the feature of a template with these in its slots, which is then counted if the vocabulary has it. */
static inline void feature(sentence *s, enum template template, uint32_t left, uint32_t right)
{
    left += (uint32_t)template * LARGEST_SLOT;
    const edge *place = trie_find(&s->channel->features, left, right);
    expect(place);
    s->asked[s->asks++] = (question){place, left, right};
    if (s->asks == ASKED)
        look_up(s);
}

/* The number that a sign, from -1 to 1, has in a feature. */
static uint32_t number(int32_t sign)
{
    return (uint32_t)(sign + 1);
}

static int32_t clip(int64_t value, int32_t limit)
{
    return (int32_t)(value > limit ? limit : value < -limit ? -limit : value);
}

static uint32_t balance(int64_t sum, int32_t limit)
{
    return (uint32_t)(clip(sum, limit) + 3);
}

/* The set of signs, as a number: 1 where there is a positive one, 2 where there is a negative one. */
static uint32_t with_sign(uint32_t signs, int32_t sign)
{
    return signs | (sign > 0) | (uint32_t)(sign < 0) << 1;
}

static void singles(sentence *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        feature(s, SINGLE, s->readings[i].name, 0);
}

static void pairs(sentence *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t j = i + 1; j < s->count && j <= i + PAIR_REACH; j++)
            feature(s, j == i + 1 ? NEXT : LATER, s->readings[i].name, s->readings[j].name);
}

static void polarity(sentence *s)
{
    int32_t first = 0, last = 0;
    int64_t sum = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        int32_t sign = s->readings[i].sign;
        if (!sign)
            continue;
        feature(s, SIGN, number(sign), 0);
        if (last)
            feature(s, SIGNS, number(last), number(sign));
        first = first ? first : sign;
        last = sign;
        sum += sign;
    }
    if (!first) {
        feature(s, NO_SIGN, 0, 0);
        return;
    }
    feature(s, FIRST_SIGN, number(first), 0);
    feature(s, LAST_SIGN, number(last), 0);
    feature(s, BALANCE, balance(sum, 3), 0);
}

static int64_t distance(const reading *one, const reading *other)
{
    return one->first >= other->last ? (int64_t)one->first - other->last : (int64_t)other->first - one->last;
}

/* The nearer of two topics, of which either may be missing; the earlier one where they are equally near. */
static const reading *nearer(const reading *r, const reading *earlier, const reading *later)
{
    if (!earlier || !later)
        return earlier ? earlier : later;
    return distance(r, later) < distance(r, earlier) ? later : earlier;
}

/* What stands within a few tokens of the nearest topic word, and on which side of it. */
static void near_topic(sentence *s)
{
    const reading *end = s->readings + s->count, *earlier = NULL, *later = s->readings;
    for (const reading *r = s->readings; r < end; r++) {
        if (r->role == TOPIC)
            continue;
        /* `earlier` is the last topic that does not begin after `r`, `later` the one after it. */
        for (; later < end && (later->role != TOPIC || later->first <= r->first); later++)
            if (later->role == TOPIC)
                earlier = later;
        const reading *nearest = nearer(r, earlier, later < end ? later : NULL);
        if (!nearest || distance(r, nearest) > TOPIC_REACH)
            continue;
        bool before = r->first < nearest->first;
        feature(s, before ? BEFORE_TOPIC : AFTER_TOPIC, r->name, 0);
        if (r->sign) {
            feature(s, SIGN_NEAR_TOPIC, number(r->sign), 0);
            feature(s, before ? SIGN_BEFORE_TOPIC : SIGN_AFTER_TOPIC, number(r->sign), 0);
        }
    }
}

/* What stands on which side of the last "but" that is neither first nor last. */
static void but(sentence *s)
{
    const reading *turn = NULL;
    for (uint32_t i = 1; i + 1 < s->count; i++)
        if (s->readings[i].role == CONTRAST)
            turn = s->readings + i;
    for (const reading *r = s->readings; turn && r < s->readings + s->count; r++) {
        if (r == turn)
            continue;
        bool before = r->first < turn->first;
        feature(s, before ? BEFORE_BUT : AFTER_BUT, r->name, 0);
        if (r->sign)
            feature(s, before ? SIGN_BEFORE_BUT : SIGN_AFTER_BUT, number(r->sign), 0);
    }
}

static uint32_t concession_end(sentence *s, uint32_t start)
{
    while (start < s->length && !(s->tokens[start]->bits & CONCESSION_END))
        start++;
    return start;
}

/* What stands in and outside a clause with "although". */
static void although(sentence *s)
{
    bool conceded = false;
    for (uint32_t i = 0; i < s->count; i++)
        conceded |= s->readings[i].role == CONCESSION;
    uint32_t end = 0;
    for (uint32_t i = 0; conceded && i < s->count; i++) {
        const reading *r = s->readings + i;
        if (r->role == CONCESSION && r->first >= end)
            end = concession_end(s, r->last);
        if (r->sign)
            feature(s, r->first < end ? SIGN_ALTHOUGH : SIGN_BESIDE_ALTHOUGH, number(r->sign), 0);
    }
}

/* The clause of a reading's first token, and of its last. */
static uint32_t first_clause(const uint32_t *clauses, const reading *r)
{
    return clauses[r->first];
}

static uint32_t last_clause(const uint32_t *clauses, const reading *r)
{
    return clauses[r->last > r->first ? r->last - 1 : r->first];
}

/* What stands in the clauses that name the topic, and which way they point together. */
static bool topic_clauses(sentence *s, arena *a)
{
    uint32_t *clauses = arena_take_many(a, s->length, sizeof *clauses);
    uint8_t *topical = arena_take(a, (size_t)s->length + 1);
    if (!clauses || !topical)
        return false;
    memset(topical, 0, (size_t)s->length + 1);
    for (uint32_t i = 0, clause = 0; i < s->length; i++)
        clauses[i] = clause += (s->tokens[i]->bits & CLAUSE_END) != 0;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->readings[i].role == TOPIC)
            topical[first_clause(clauses, s->readings + i)] = 1;
    uint32_t signs = 0, order = 1;
    bool unreal = false;
    int64_t sum = 0;
    for (const reading *r = s->readings; r < s->readings + s->count; r++) {
        if (!topical[first_clause(clauses, r)] && !topical[last_clause(clauses, r)])
            continue;
        if (r->role != TOPIC)
            feature(s, IN_TOPIC_CLAUSE, r->name, 0);
        unreal |= r->name % MARKS == UNREAL_MARK;
        if (!r->sign)
            continue;
        feature(s, SIGN_IN_TOPIC_CLAUSE, number(r->sign), 0);
        signs = with_sign(signs, r->sign);
        /* A first bit of 1, then a bit for each of the first four signs. */
        order = order < 1 << 4 ? order << 1 | (r->sign < 0) : order;
        sum += r->sign;
    }
    feature(s, TOPIC_CLAUSE_SIGNS, signs + 4 * unreal, 0);
    if (order > 1)
        feature(s, TOPIC_CLAUSE_ORDER, order, 0);
    feature(s, TOPIC_CLAUSE_BALANCE, balance(sum, 2), 0);
    return true;
}

/* A word, or a concept with the words it was read from; `name` is NONE for a word, `text` for words of no feature. */
typedef struct {
    uint32_t name, text;
} unit;

static unit unit_of_word(const token *t)
{
    return (unit){NONE, t->lexeme == NONE ? NONE : 2 * t->lexeme};
}

static unit unit_of_reading(sentence *s, const reading *r)
{
    if (r->last == r->first + 1)
        return (unit){r->name, unit_of_word(s->tokens[r->first]).text};
    uint32_t node = 0;
    for (uint32_t i = r->first; i < r->last && node != NONE; i++)
        node = trie_step(&s->channel->phrases, node, s->tokens[i]->lexeme);
    return (unit){r->name, node == NONE || node == 0 ? NONE : 2 * node + 1};
}

static void unit_pair(sentence *s, unit left, unit right)
{
    if (left.name != NONE && right.text != NONE)
        feature(s, NAME_AND_UNIT, left.name, right.text);
    if (right.name != NONE && left.text != NONE)
        feature(s, UNIT_AND_NAME, left.text, right.name);
}

/* A concept with the word or concept right beside it. */
static void with_words(sentence *s)
{
    const reading *r = s->readings, *end = s->readings + s->count;
    unit left = {NONE, NONE};
    for (uint32_t i = 0; i < s->length;) {
        while (r < end && r->first < i)
            r++;
        unit right;
        if (r < end && r->first == i) {
            right = unit_of_reading(s, r);
            i = r->last > i ? r->last : i + 1;
        } else if (s->tokens[i++]->bits & PUNCTUATION) {
            continue;
        } else {
            right = unit_of_word(s->tokens[i - 1]);
        }
        unit_pair(s, left, right);
        left = right;
    }
}

/* A topic of the sentence beside everything else in it. */
static void whole_topic(sentence *s, uint32_t topic, uint32_t signs)
{
    feature(s, TOPIC_NAME, topic, 0);
    feature(s, TOPIC_NAME_WITH, topic, signs);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->readings[i].role != TOPIC)
            feature(s, TOPIC_AND_NAME, topic, s->readings[i].name);
}

/* Tell whether reading `i` is the first of its name. */
static bool is_first(sentence *s, uint8_t *named, uint32_t i)
{
    uint32_t name = s->readings[i].name;
    bool first = !(named[name / 8] >> name % 8 & 1);
    named[name / 8] |= (uint8_t)(1 << name % 8);
    return first;
}

/* What holds of the sentence as a whole, and each concept beside the sentence's topics. */
static bool whole(sentence *s, arena *a, bool *topical)
{
    size_t names = (size_t)s->channel->concepts * MARKS / 8 + 1;
    uint8_t *named = arena_take(a, names);
    if (!named)
        return false;
    memset(named, 0, names);
    uint32_t signs = 0;
    bool called = false, asked = false;
    for (uint32_t i = 0; i < s->count; i++) {
        signs = with_sign(signs, s->readings[i].sign);
        *topical |= s->readings[i].role == TOPIC;
        called |= s->readings[i].role == UNREAL;
    }
    feature(s, *topical ? ON_TOPIC : OFF_TOPIC, 0, 0);
    feature(s, *topical ? ON_TOPIC_WITH : OFF_TOPIC_WITH, signs, 0);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->readings[i].role == TOPIC && is_first(s, named, i))
            whole_topic(s, s->readings[i].name, signs);
    for (uint32_t i = 0; i < s->length; i++)
        asked |= (s->tokens[i]->bits & QUESTION_MARK) != 0;
    if (asked)
        feature(s, s->tokens[s->length - 1]->bits & QUESTION_END ? QUESTION : QUESTION_INSIDE, 0, 0);
    if (called)
        feature(s, CALL_WITH, signs, 0);
    feature(s, LENGTH, s->length / 10 < 5 ? s->length / 10 : 5, 0);
    return true;
}

bool count_concepts(
    const concept_channel *c, tally *t, arena *a, const token *const *tokens, uint32_t count, bool *topical)
{
    tag *tags = arena_take_many(a, (size_t)count * TAGS_PER_TOKEN, sizeof *tags);
    reading *readings = arena_take_many(a, (size_t)count * TAGS_PER_TOKEN, sizeof *readings);
    uint8_t *taken = arena_take(a, count);
    if (!tags || !readings || !taken)
        return false;
    memset(taken, 0, count);
    uint32_t tagged = tag_tokens(c, tokens, count, taken, tags);
    read_tags(c, tags, tagged, tokens, readings);
    sentence s = {.channel = c, .tally = t, .tokens = tokens, .length = count, .readings = readings, .count = tagged};
    singles(&s);
    pairs(&s);
    polarity(&s);
    near_topic(&s);
    but(&s);
    although(&s);
    *topical = false;
    with_words(&s);
    if (!topic_clauses(&s, a) || !whole(&s, a, topical))
        return false;
    look_up(&s);
    return true;
}
