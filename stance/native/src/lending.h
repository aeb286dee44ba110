/* Lending: Python's arrays, held for as long as a model stands on them. */
#pragma once
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdbool.h>

#include "opening.h"

typedef struct {
    Py_buffer view[MOST_ARRAYS];
    int count;
} loans;

/* Borrow all arrays of a dict, by name. Return false with an exception set. */
bool loans_take(loans *l, PyObject *dict, arrays *a);

/* Give them back. */
void loans_return(loans *l);
