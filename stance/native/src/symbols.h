/* Symbols: the characters of a text, each packed with its folded form and the classes of that form. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { CODE_POINT = 0x1FFFFF, WORD = 1 << 21, SPACE = 1 << 22, DIGIT = 1 << 23, ALPHA = 1 << 24 };

static inline bool is_letter(uint32_t symbol)
{
    return (symbol & (WORD | DIGIT)) == WORD && (symbol & CODE_POINT) != '_';
}
