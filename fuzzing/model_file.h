/* A model as `write_model.py` writes it. */
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "opening.h"
#include "score.h"

typedef struct {
    arrays arrays;
    const uint32_t *symbols;
} model_file;

typedef struct {
    char name[32];
    int64_t size, bytes;
} array_head;

static inline void give_up(const char *reason)
{
    fprintf(stderr, "%s\n", reason);
    exit(1);
}

/* Read the file that the environment's variable MODEL names. */
static inline model_file read_model(void)
{
    const char *path = getenv("MODEL");
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file)
        give_up("MODEL names no file");
    static array_head heads[MOST_ARRAYS + 1]; /* kept, for their names */
    int64_t count;
    model_file m = {0};
    if (fread(&count, sizeof count, 1, file) != 1)
        give_up("the model is cut short");
    while (count-- > 0) {
        array_head *head = heads + count % (MOST_ARRAYS + 1);
        if (fread(head, sizeof *head, 1, file) != 1)
            give_up("the model is cut short");
        fseek(file, (ftell(file) + 63) / 64 * 64, SEEK_SET);
        void *start = malloc((size_t)head->bytes);
        if (fread(start, 1, (size_t)head->bytes, file) != (size_t)head->bytes)
            give_up("the model is cut short");
        if (!strcmp(head->name, "symbols"))
            m.symbols = start;
        else
            m.arrays.array[m.arrays.count++] = (array){head->name, start, (size_t)head->size, (size_t)head->bytes};
    }
    fclose(file);
    return m;
}

/* Score a text and check what holds of every answer; return the logits' bytes in `row`. */
static inline void score_soundly(const model *m, scratch *s, const uint32_t *text, uint32_t length, double *row)
{
    facts facts;
    if (!score(m, s, text, length, row, &facts))
        give_up("memory has run out");
    if (facts.known_words > facts.words || facts.words > length)
        abort();
}
