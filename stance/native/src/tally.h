/* A tally: a text's features counted and, in the same pass, summed up as TF-IDF.
 *
 * Each occurrence adds a feature's row as if it were the only one; what a repeated feature adds too much or too little is
 * put right at the end. The first column of the sums is the squared norm, the others are the labels' products. */
#pragma once
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"

/* What a channel knows: for each feature its idf and its coefficients, `width` numbers in all. */
typedef struct {
    const double *rows;
    size_t width;
    uint32_t features;
    bool sublinear;
} vocabulary;

enum { WAITING = 64, FEW = 32 };

static inline const double *row_of(const vocabulary *v, uint32_t feature)
{
    return v->rows + v->width * feature;
}

typedef struct {
    uint8_t *seen; /* for each feature, the turn in which it was last met */
    uint8_t turn;
    uint32_t *counts; /* for each feature met more than once in this turn, how often; otherwise 0 */
    uint32_t *repeated;
    uint32_t repeats;
    double *sums;
    uint32_t waiting[WAITING]; /* features met whose memory has been asked for and may not have come yet */
    uint32_t waits;
    double logs[FEW]; /* 1 + log(n), for n from 1 on */
} tally;

static inline bool tally_open(tally *t, const vocabulary *v)
{
    size_t features = (size_t)v->features + 1;
    *t = (tally){.seen = calloc(features, 1),
                 .counts = calloc(features, sizeof *t->counts),
                 .repeated = malloc(features * sizeof *t->repeated),
                 .sums = calloc(v->width + 1, sizeof *t->sums)};
    for (int n = 1; n < FEW; n++)
        t->logs[n] = 1.0 + log(n);
    return t->seen && t->counts && t->repeated && t->sums;
}

static inline void tally_free(tally *t)
{
    free(t->seen);
    free(t->counts);
    free(t->repeated);
    free(t->sums);
}

static inline void tally_begin(tally *t, const vocabulary *v)
{
    t->repeats = 0;
    memset(t->sums, 0, v->width * sizeof *t->sums);
    if (++t->turn == 0) {
        memset(t->seen, 0, v->features);
        t->turn = 1;
    }
}

/* Add `linear` times the feature's row to `sums`, and `squared` times its idf to the squared norm. */
static inline void add_row(double *sums, const vocabulary *v, uint32_t feature, double squared, double linear)
{
    const double *row = row_of(v, feature);
    double idf = row[0], weight = linear * idf;
    sums[0] += squared * idf * idf;
    for (size_t i = 1; i < v->width; i++)
        sums[i] += weight * row[i];
}

/* Add the rows of some features, each once. */
static inline void add_rows(double *sums, const vocabulary *v, const uint32_t *features, uint32_t count)
{
    if (v->width != 4) {
        for (uint32_t i = 0; i < count; i++)
            add_row(sums, v, features[i], 1.0, 1.0);
        return;
    }
    /* Three labels, the usual case, with the sums in registers. */
    double norm = sums[0], first = sums[1], second = sums[2], third = sums[3];
    for (uint32_t i = 0; i < count; i++) {
        const double *row = v->rows + 4 * (size_t)features[i];
        double idf = row[0];
        norm += idf * idf;
        first += idf * row[1];
        second += idf * row[2];
        third += idf * row[3];
    }
    sums[0] = norm;
    sums[1] = first;
    sums[2] = second;
    sums[3] = third;
}

/* Count one more of a feature that was met before. */
static inline void tally_again(tally *t, const vocabulary *v, uint32_t feature)
{
    uint32_t first = t->counts[feature] == 0;
    t->repeated[t->repeats] = feature;
    t->repeats += first;
    t->counts[feature] += 1 + first;
    expect(row_of(v, feature));
}

/* Count features whose rows are added elsewhere; what `features` holds is lost. Whether one was met before is hard to
 * foresee for a processor, and so the loop over all of them does not ask. */
static inline void tally_mark(tally *t, const vocabulary *v, uint32_t *features, uint32_t count)
{
    uint8_t *seen = t->seen, turn = t->turn;
    uint32_t *again = features;
    for (const uint32_t *next = features, *end = features + count; next < end; next++) {
        uint32_t feature = *next;
        *again = feature;
        again += seen[feature] == turn;
        seen[feature] = turn;
    }
    for (const uint32_t *next = features; next < again; next++)
        tally_again(t, v, *next);
}

static inline void tally_waiting(tally *t, const vocabulary *v)
{
    add_rows(t->sums, v, t->waiting, t->waits);
    tally_mark(t, v, t->waiting, t->waits);
    t->waits = 0;
}

/* Count a node if it is a feature, and add its row. */
static inline void tally_count(tally *t, const vocabulary *v, uint32_t node)
{
    uint32_t known = node < v->features;
    t->waiting[t->waits] = node;
    t->waits += known;
    expect(row_of(v, known * node));
    expect(t->seen + known * node);
    if (t->waits == WAITING)
        tally_waiting(t, v);
}

static inline void tally_add(tally *t, const vocabulary *v, const double *sums)
{
    for (size_t i = 0; i < v->width; i++)
        t->sums[i] += sums[i];
}

/* Add the unit vector's products to `logits`. */
static inline void tally_end(tally *t, const vocabulary *v, double *logits)
{
    tally_waiting(t, v);
    for (uint32_t i = 0; i < t->repeats; i++) {
        uint32_t feature = t->repeated[i];
        double count = t->counts[feature];
        double frequency = !v->sublinear ? count : t->counts[feature] < FEW ? t->logs[t->counts[feature]] : 1.0 + log(count);
        add_row(t->sums, v, feature, frequency * frequency - count, frequency - count);
        t->counts[feature] = 0;
    }
    if (t->sums[0] > 0.0) {
        double scale = 1.0 / sqrt(t->sums[0]);
        for (size_t i = 1; i < v->width; i++)
            logits[i - 1] += t->sums[i] * scale;
    }
}
