/* Fuzzes the scorer with texts: any code points; each text is scored with nothing remembered, and again. */
#include "model_file.h"

enum { LONGEST = 4096, LABELS = 16 };

/* Read a code point: a byte below 128 stands for itself, others begin one of three bytes. */
static size_t next(const uint8_t *data, size_t size, uint32_t *point)
{
    if (data[0] < 128 || size < 3) {
        *point = data[0];
        return 1;
    }
    *point = ((data[0] & 127u) << 16 | (uint32_t)data[1] << 8 | data[2]) % 0x110000;
    return 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static model_file file;
    static model m;
    static scratch *kept;
    if (!kept) {
        file = read_model();
        if (model_open(&m, &file.arrays) || m.labels > LABELS)
            give_up("the model is damaged");
        kept = scratch_new(&m, 12345);
    }
    uint32_t *text = malloc((size + 1) * sizeof *text), length = 0;
    for (size_t i = 0; i < size && length < LONGEST;) {
        uint32_t point;
        i += next(data + i, size - i, &point);
        text[length++] = file.symbols[point];
    }
    double first[LABELS], again[LABELS], sum = 0;
    score_soundly(&m, kept, text, length, first);
    score_soundly(&m, kept, text, length, again);
    if (memcmp(first, again, m.labels * sizeof *first))
        abort();
    softmax(first, m.labels);
    for (uint32_t i = 0; i < m.labels; i++)
        sum += first[i];
    if (!(fabs(sum - 1.0) < 1e-9))
        abort();
    free(text);
    return 0;
}
