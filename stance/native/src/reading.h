/* Reading a tag in its place: whether it is negated, or unreal. Mirrors stance/reading.py. */
#pragma once
#include "tagging.h"

/* A tag as it is meant: `name` is 3 * concept + a mark. */
typedef struct {
    uint32_t name;
    int32_t sign;
    int32_t role;
    uint32_t first, last;
} reading;

enum mark { PLAIN, UNREAL_MARK, NEGATED_MARK, MARKS };

void read_tags(
    const concept_channel *c, const tag *tags, uint32_t count, const token *const *tokens, reading *readings);
