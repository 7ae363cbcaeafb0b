// The table of docs.def is searched from its start: nobody asks for documentation in a loop.
#include "runtime/object/docs.h"
#include <cstring>
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct Doc { const char *owner, *name, *text; };
constexpr Doc kDocs[] = {
#define KRAIT_DOC(owner, name, text) {owner, name, text},
#include "runtime/object/docs.def"
};

struct Like { const char *owner, *other; };
constexpr Like kLike[] = {
#define KRAIT_DOC(owner, name, text)
#define KRAIT_DOC_LIKE(owner, other) {owner, other},
#include "runtime/object/docs.def"
};

} // namespace

const char* docOf(const char* owner, const char* name) {
  for (const Doc& d : kDocs)
    if (!strcmp(d.owner, owner) && !strcmp(d.name, name)) return d.text;
  if (!*name) return nullptr; // a type is described by its own text only
  for (const Like& l : kLike)
    if (!strcmp(l.owner, owner))
      if (const char* text = docOf(l.other, name)) return text;
  return nullptr;
}

const char* docOfMethod(const Type* t, const char* name) {
  for (; t; t = t->base)
    if (!isHeapType(t))
      if (const char* text = docOf(t->name, name)) return text;
  return nullptr;
}

const char* typeDoc(const Type* t) { return t->doc ? t->doc : docOf(t->name, ""); }

bool describesCall(const char* text) {
  const size_t head = text ? strcspn(text, "( \n") : 0;
  return head && text[head] == '(';
}

Value docValue(const char* text) { return text ? newStr(text) : newRef(none()); }

} // namespace krait
