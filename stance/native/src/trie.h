/* A tree over numbers as `stance/native/edges.py` packs it: each step from node to node is found at one place. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "expect.h"

#define NONE UINT32_MAX

typedef struct {
    uint32_t parent, symbol, child;
} edge;

typedef struct {
    const edge *edges;
    const uint16_t *seeds;
    uint32_t slots, buckets;
} trie;

/* Tell whether every step leads to one of so many nodes. */
static inline bool trie_leads_below(const trie *t, uint32_t nodes)
{
    for (uint32_t i = 0; i < t->slots; i++)
        if (t->edges[i].parent != NONE && t->edges[i].child >= nodes)
            return false;
    return true;
}

/* Map the upper half of a number to 0, ..., size - 1. */
static inline uint32_t scaled(uint64_t number, uint32_t size)
{
    return (uint32_t)((number >> 32) * size >> 32);
}

/* The one edge that can be the step by `symbol` from `node`. */
static inline const edge *trie_find(const trie *t, uint32_t node, uint32_t symbol)
{
    const uint64_t first = 0x9E3779B97F4A7C15u, second = 0xD6E8FEB86659FD93u, third = 0xA0761D6478BD642Fu;
    uint64_t mixed = ((uint64_t)node << 32 | symbol) * first;
    mixed ^= mixed >> 32;
    uint64_t turned = t->seeds[scaled(mixed * second, t->buckets)] * first;
    return t->edges + scaled((mixed ^ turned) * third, t->slots);
}

/* Return the node that `e` leads to, if it is the step by `symbol` from `node`, or NONE. Nothing leads on from NONE. */
static inline uint32_t trie_take(const edge *e, uint32_t node, uint32_t symbol)
{
    uint32_t same = (e->parent == node) & (e->symbol == symbol) & (node != NONE);
    return e->child | (same - 1); /* without a branch, which a processor could not foresee */
}

/* Return the node that `symbol` leads to from `node`, or NONE. */
static inline uint32_t trie_step(const trie *t, uint32_t node, uint32_t symbol)
{
    return trie_take(trie_find(t, node, symbol), node, symbol);
}
