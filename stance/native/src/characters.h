/* What the running Python knows of characters, filled in page by page as texts need it. */
#pragma once
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

enum { PAGE = 256, PAGES = 0x110000 / PAGE };

typedef struct {
    PyObject *page; /* Python's function from a page's number to its characters as symbols, in bytes */
    uint32_t *pages[PAGES];
} characters;

/* Turn `length` code points into symbols, in place. Call it with the interpreter's lock; return false with an exception
 * set. */
bool characters_pack(characters *c, uint32_t *points, size_t length);

void characters_free(characters *c);
