#include "reading.h"

/* How far a concept of some role works on what follows: fewer tokens than `reach`, over none of the `stops` and no
 * concept whose role is a barrier. */
typedef struct {
    int32_t role;
    int64_t reach;
    uint32_t stops, barriers;
} scope;

static const scope NEGATED = {NEGATION, 4, NEGATION_STOP, 1 << CONTRAST | 1 << CONCESSION};
static const scope NOT_REAL = {UNREAL, 6, UNREAL_STOP, 1 << CONTRAST | 1 << CONCESSION | 1 << SPEECH};

static bool stopped(const scope *s, const token *const *tokens, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (tokens[i]->bits & s->stops)
            return true;
    return false;
}

/* Tell whether tag `i` stands in the scope of an earlier tag. */
static bool reached(const scope *s, const concept_channel *c, const tag *tags, uint32_t i, const token *const *tokens)
{
    uint32_t first = tags[i].first;
    for (uint32_t j = i; j-- > 0;) {
        int32_t role = c->concept[tags[j].concept].role;
        if ((int64_t)first - tags[j].last >= s->reach || s->barriers >> role & 1)
            return false;
        if (stopped(s, tokens, tags[j].last, first))
            return false;
        if (role == s->role)
            return true;
    }
    return false;
}

void read_tags(
    const concept_channel *c, const tag *tags, uint32_t count, const token *const *tokens, reading *readings)
{
    for (uint32_t i = 0; i < count; i++) {
        concept meant = c->concept[tags[i].concept];
        enum mark mark = PLAIN;
        if (meant.sign && reached(&NOT_REAL, c, tags, i, tokens)) {
            mark = UNREAL_MARK;
            meant.sign = 0;
        } else if (meant.sign && reached(&NEGATED, c, tags, i, tokens)) {
            mark = NEGATED_MARK;
            meant.sign = -meant.sign;
        }
        readings[i] = (reading){MARKS * tags[i].concept + mark, meant.sign, meant.role, tags[i].first, tags[i].last};
    }
}
