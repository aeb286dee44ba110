/* Opening a model: from arrays of any content to a model that none of it can lead astray. */
#pragma once
#include "model.h"

enum { MOST_ARRAYS = 32 };

/* Memory that somebody lends: numbers of `size` bytes, `bytes` in all. */
typedef struct {
    const char *name;
    const void *start;
    size_t size, bytes;
} array;

typedef struct {
    array array[MOST_ARRAYS];
    int count;
} arrays;

/* Set up a model on arrays, which must outlive it. Return NULL, or the name of an array that is missing or damaged. */
const char *model_open(model *m, const arrays *a);
