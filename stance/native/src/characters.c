#include "characters.h"

#include <string.h>

static bool fill(characters *c, uint32_t number)
{
    PyObject *packed = PyObject_CallFunction(c->page, "I", number);
    char *bytes;
    Py_ssize_t size;
    if (!packed || PyBytes_AsStringAndSize(packed, &bytes, &size) < 0) {
        Py_XDECREF(packed);
        return false;
    }
    uint32_t *page = NULL;
    if (size != PAGE * sizeof *page)
        PyErr_Format(PyExc_ValueError, "page %u of the characters has %zd bytes", number, size);
    else if (!(page = PyMem_Malloc(PAGE * sizeof *page)))
        PyErr_NoMemory();
    else
        memcpy(page, bytes, PAGE * sizeof *page);
    Py_DECREF(packed);
    if (page && c->pages[number])
        PyMem_Free(page); /* another thread was faster */
    else if (page)
        c->pages[number] = page;
    return page != NULL;
}

bool characters_pack(characters *c, uint32_t *points, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint32_t point = points[i];
        const uint32_t *page = c->pages[point / PAGE];
        if (!page) {
            if (!fill(c, point / PAGE))
                return false;
            page = c->pages[point / PAGE];
        }
        points[i] = page[point % PAGE];
    }
    return true;
}

void characters_free(characters *c)
{
    for (int i = 0; i < PAGES; i++)
        PyMem_Free(c->pages[i]);
    Py_CLEAR(c->page);
}
