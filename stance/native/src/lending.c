#include "lending.h"

bool loans_take(loans *l, PyObject *dict, arrays *a)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    a->count = 0;
    while (PyDict_Next(dict, &position, &key, &value)) {
        if (l->count == MOST_ARRAYS) {
            PyErr_Format(PyExc_ValueError, "more than %d arrays", MOST_ARRAYS);
            return false;
        }
        Py_buffer *view = l->view + l->count;
        const char *name = PyUnicode_AsUTF8AndSize(key, NULL);
        if (!name || PyObject_GetBuffer(value, view, PyBUF_C_CONTIGUOUS) < 0)
            return false;
        l->count++;
        a->array[a->count++] = (array){name, view->buf, (size_t)view->itemsize, (size_t)view->len};
    }
    return true;
}

void loans_return(loans *l)
{
    while (l->count > 0)
        PyBuffer_Release(&l->view[--l->count]);
}
