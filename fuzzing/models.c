/* Fuzzes the opening of models: bytes of any array are changed, and its end cut off; what opens all the same scores. */
#include "model_file.h"

enum { LABELS = 16, LONGEST = 128 };

static const char TEXT[] = "The cease-fire won't collapse, but both sides must agree: is a deal close to an agreement? "
                           "Talks, talks... the rebels' doubts";

/* An edit: in which array, where, and what. */
typedef struct {
    uint8_t array, kind;
    uint16_t place;
    uint32_t value;
} edit;

/* Make a change to a copy; an array of its own, of just the size, so that a step beyond its end is seen. */
static void apply(array *a, edit e)
{
    if (e.kind % 8 == 0) {
        a->bytes = a->bytes / a->size * e.place / 65536 * a->size;
        return;
    }
    size_t numbers = a->bytes / a->size;
    if (!numbers)
        return;
    uint64_t value = e.kind % 8 == 1 ? e.value % (numbers + 1) : e.kind % 8 == 2 ? e.value : e.value % 16;
    memcpy((char *)a->start + numbers * e.place / 65536 * a->size, &value, a->size < 4 ? a->size : 4);
}

static void score_text(const model *m, const model_file *file)
{
    uint32_t text[LONGEST], length = 0;
    double row[LABELS];
    for (; TEXT[length] && length < LONGEST; length++)
        text[length] = file->symbols[(uint8_t)TEXT[length]];
    if (m->labels > LABELS)
        return;
    scratch *s = scratch_new(m, 12345);
    score_soundly(m, s, text, length, row);
    scratch_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static model_file file;
    if (!file.symbols)
        file = read_model();
    arrays changed = file.arrays;
    void *copies[MOST_ARRAYS];
    for (int i = 0; i < changed.count; i++) {
        array *a = changed.array + i;
        for (size_t j = 0; j + sizeof(edit) <= size; j += sizeof(edit)) {
            edit e;
            memcpy(&e, data + j, sizeof e);
            if (e.array % changed.count == i && e.kind % 8 == 0)
                apply(a, e);
        }
        copies[i] = malloc(a->bytes + 1);
        memcpy(copies[i], a->start, a->bytes);
        a->start = copies[i] = realloc(copies[i], a->bytes ? a->bytes : 1);
        for (size_t j = 0; j + sizeof(edit) <= size; j += sizeof(edit)) {
            edit e;
            memcpy(&e, data + j, sizeof e);
            if (e.array % changed.count == i && e.kind % 8)
                apply(a, e);
        }
    }
    model m;
    if (!model_open(&m, &changed))
        score_text(&m, &file);
    for (int i = 0; i < changed.count; i++)
        free(copies[i]);
    return 0;
}
