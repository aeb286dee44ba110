/* The module `stance.native.compiled`: Python's way to the compiled scorer. */
#include "characters.h"
#include "concepts.h"
#include "lending.h"
#include "score.h"

#include <stddef.h>

/* Texts are scored in runs of about so many characters, between which other threads may have the interpreter. */
enum { RUN = 1 << 16 };

/* So that all that is counted in a text, at most ten runs for each character, stays below 2^32. */
enum { MOST_CHARACTERS = 1 << 28 };

typedef struct {
    PyObject_HEAD
    loans loans;
    model model;
    characters characters;
    scratch *free; /* those that no thread is using */
    uint64_t secret;
} Scorer;

/* Python hashes strings with a secret of the process. */
static bool choose_secret(uint64_t *secret)
{
    PyObject *name = PyUnicode_FromString("stance");
    Py_hash_t hash = name ? PyObject_Hash(name) : -1;
    Py_XDECREF(name);
    *secret = (uint64_t)hash * 0x9E3779B97F4A7C15u;
    return hash != -1;
}

static bool open_scorer(Scorer *self, PyObject *dict)
{
    arrays lent;
    if (!loans_take(&self->loans, dict, &lent))
        return false;
    const char *damaged = model_open(&self->model, &lent);
    if (damaged)
        PyErr_Format(PyExc_ValueError, "the table %s is missing or damaged", damaged);
    return !damaged;
}

static PyObject *Scorer_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"arrays", "page", NULL};
    PyObject *dict, *page;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O!O:Scorer", names, &PyDict_Type, &dict, &page))
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Scorer *self = (Scorer *)allocate(type, 0);
    if (!self)
        return NULL;
    Py_INCREF(page);
    self->characters.page = page;
    if (choose_secret(&self->secret) && open_scorer(self, dict))
        return (PyObject *)self;
    Py_DECREF(self);
    return NULL;
}

static void Scorer_dealloc(PyObject *object)
{
    Scorer *self = (Scorer *)object;
    while (self->free) {
        scratch *s = self->free;
        self->free = s->next;
        scratch_free(s);
    }
    characters_free(&self->characters);
    loans_return(&self->loans);
    PyTypeObject *type = Py_TYPE(object);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

/* Some texts, one after the other, as packed symbols. */
typedef struct {
    uint32_t *symbols;
    size_t size, used;
    uint32_t *lengths;
    Py_ssize_t count;
} run;

static bool make_room(run *r, size_t wanted)
{
    if (wanted <= r->size)
        return true;
    uint32_t *symbols = PyMem_Realloc(r->symbols, wanted * sizeof *symbols);
    if (!symbols) {
        PyErr_NoMemory();
        return false;
    }
    r->symbols = symbols;
    r->size = wanted;
    return true;
}

static bool add_text(Scorer *self, run *r, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is not a str");
        return false;
    }
    Py_ssize_t length = PyUnicode_GetLength(text);
    if (length > MOST_CHARACTERS) {
        PyErr_SetString(PyExc_OverflowError, "a text has more than 2**28 characters");
        return false;
    }
    if (!make_room(r, r->used + (size_t)length))
        return false;
    uint32_t *start = r->symbols + r->used;
    if (length && !PyUnicode_AsUCS4(text, start, length, 0))
        return false;
    if (!characters_pack(&self->characters, start, (size_t)length))
        return false;
    r->lengths[r->count++] = (uint32_t)length;
    r->used += (size_t)length;
    return true;
}

/* Take texts from `texts`, from `start` on, until the run is full. */
static bool fill_run(Scorer *self, run *r, PyObject *texts, Py_ssize_t start)
{
    r->used = 0;
    r->count = 0;
    /* The list may have changed meanwhile: look at its length each time. */
    for (Py_ssize_t i = start; i < PyList_Size(texts) && r->used < RUN && r->count < RUN; i++) {
        PyObject *text = PyList_GetItem(texts, i);
        if (!text || !add_text(self, r, text))
            return false;
    }
    return true;
}

/* Where the answers go: a row of `labels` numbers for each text and, where they are wanted, the facts. */
typedef struct {
    Py_ssize_t count;
    double *rows;
    Py_ssize_t *words, *known;
    bool *topical;
    bool probabilities;
} answers;

static bool score_run(const model *m, scratch *s, const run *r, const answers *a, Py_ssize_t start)
{
    const uint32_t *symbols = r->symbols;
    for (Py_ssize_t i = 0; i < r->count; i++) {
        double *row = a->rows + (size_t)(start + i) * m->labels;
        facts facts;
        if (!score(m, s, symbols, r->lengths[i], row, &facts))
            return false;
        if (a->probabilities)
            softmax(row, m->labels);
        if (a->words) {
            a->words[start + i] = facts.words;
            a->known[start + i] = facts.known_words;
        }
        if (a->topical)
            a->topical[start + i] = facts.topical;
        symbols += r->lengths[i];
    }
    return true;
}

static scratch *take_scratch(Scorer *self)
{
    scratch *s = self->free;
    if (s)
        self->free = s->next;
    else if (!(s = scratch_new(&self->model, self->secret)))
        PyErr_NoMemory();
    return s;
}

static bool score_all(Scorer *self, PyObject *texts, run *r, const answers *a)
{
    scratch *s = take_scratch(self);
    for (Py_ssize_t done = 0; s && done < a->count; done += r->count) {
        bool scored = false;
        if (!fill_run(self, r, texts, done))
            break;
        if (r->count == 0 || r->count > a->count - done) {
            PyErr_SetString(PyExc_RuntimeError, "the list of texts changed while it was scored");
            break;
        }
        Py_BEGIN_ALLOW_THREADS;
        scored = score_run(&self->model, s, r, a, done);
        Py_END_ALLOW_THREADS;
        if (!scored) {
            scratch_free(s);
            s = NULL;
            PyErr_NoMemory();
        }
    }
    if (!s)
        return false;
    s->next = self->free;
    self->free = s;
    return !PyErr_Occurred();
}

/* Borrow a writable array of `size` bytes, or nothing where it is None. Return false with an exception set. */
static bool borrow(PyObject *object, Py_buffer *view, size_t size)
{
    if (object == Py_None)
        return true;
    if (PyObject_GetBuffer(object, view, PyBUF_WRITABLE | PyBUF_C_CONTIGUOUS) < 0)
        return false;
    if (view->len == (Py_ssize_t)size)
        return true;
    PyErr_Format(PyExc_ValueError, "an array for the answers has %zd bytes, %zu are needed", view->len, size);
    return false;
}

PyDoc_STRVAR(score_doc,
    "score(texts, rows, words, topical, probabilities, /)\n--\n\n"
    "Score a list of texts. `rows` (texts, labels) in float64 takes logits or, if `probabilities`, probabilities;\n"
    "`words` (2, texts) in intp the words and the known words, `topical` (texts,) in bool whether the topic is named.\n"
    "Either of the two may be None.");

static PyObject *Scorer_score(PyObject *object, PyObject *arguments)
{
    Scorer *self = (Scorer *)object;
    PyObject *texts, *rows, *words, *topical;
    int probabilities;
    if (!PyArg_ParseTuple(
            arguments, "O!OOOp:score", &PyList_Type, &texts, &rows, &words, &topical, &probabilities))
        return NULL;
    size_t count = (size_t)PyList_Size(texts);
    Py_buffer views[3] = {{0}};
    run r = {.lengths = PyMem_Malloc((count < RUN ? count : RUN) * sizeof(uint32_t) + 1)};
    bool scored = false;
    if (!r.lengths) {
        PyErr_NoMemory();
    } else if (
        borrow(rows, views, count * self->model.labels * sizeof(double)) &&
        borrow(words, views + 1, 2 * count * sizeof(Py_ssize_t)) && borrow(topical, views + 2, count * sizeof(bool))) {
        Py_ssize_t *counted = views[1].buf;
        answers a = {(Py_ssize_t)count, views[0].buf, counted, counted ? counted + count : NULL, views[2].buf, probabilities};
        scored = (a.rows || count == 0) && score_all(self, texts, &r, &a);
    }
    PyMem_Free(r.symbols);
    PyMem_Free(r.lengths);
    for (int i = 0; i < 3; i++)
        if (views[i].obj)
            PyBuffer_Release(views + i);
    if (scored)
        Py_RETURN_NONE;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "rows is None");
    return NULL;
}

static PyMethodDef Scorer_methods[] = {
    {"score", Scorer_score, METH_VARARGS, score_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot Scorer_slots[] = {
    {Py_tp_doc, "A model's arrays, ready to score texts. Safe to share between threads."},
    {Py_tp_new, Scorer_new},
    {Py_tp_dealloc, Scorer_dealloc},
    {Py_tp_methods, Scorer_methods},
    {0, NULL},
};

static PyType_Spec Scorer_spec = {
    .name = "stance.native.compiled.Scorer",
    .basicsize = sizeof(Scorer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = Scorer_slots,
};

static int execute(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &Scorer_spec, NULL);
    int added = type ? PyModule_AddType(module, (PyTypeObject *)type) : -1;
    Py_XDECREF(type);
    return added < 0 ? added : PyModule_AddIntConstant(module, "TEMPLATES", TEMPLATES);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stance.native.compiled",
    .m_doc = "The compiled scorer.",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_compiled(void)
{
    return PyModuleDef_Init(&module);
}
