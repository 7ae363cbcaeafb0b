// Closure cells.
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/ordering.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"

namespace krait {
namespace {

Value& contentsOf(Value cell) { return cell.as<CellObject>()->contents; }

void clearCell(Object* o) { clear(reinterpret_cast<CellObject*>(o)->contents); }

void deallocCell(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  clearCell(o);
  releaseCollected(o);
  trashcanEnd();
}

int traverseCell(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<CellObject*>(o)->contents, context);
}

Value reprCell(Value self) {
  Value v = contentsOf(self);
  auto* address = static_cast<void*>(self.object());
  if (!v) return formatText("<cell at %p: empty>", address);
  return formatText("<cell at %p: %.80T object at 0x%llx>", address, v, static_cast<long long>(v.bits));
}

Value compareCells(Value a, Value b, int op) {
  if (!isExact(a, cellType) || !isExact(b, cellType)) return notImplemented();
  Value x = contentsOf(a), y = contentsOf(b);
  if (x && y) return compare(x, y, static_cast<CompareOp>(op));
  int order = (x ? 1 : 0) - (y ? 1 : 0);
  return answerByOrder(order, op);
}

Value getContents(Value self, void*) {
  Value v = contentsOf(self);
  return v ? newRef(v) : raise(ValueErrorType, "Cell is empty");
}
int32_t setContents(Value self, Value v, void*) {
  assign(contentsOf(self), xnewRef(v));
  typeModified(&objectType); // it may be the `__class__` of a method, by which compiled code knows what super() finds
  return 0;
}

Value construct(Type*, const Args& args) {
  if (checkPositional("cell", args, 0, 1) < 0) return Value();
  return krt_cell_new(args.count ? args[0] : Value());
}

const GetSetDef attributes[] = {{"cell_contents", getContents, setContents}, {}};

} // namespace

constinit Type cellType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "cell",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &cellType, .size = sizeof(CellObject), .flags = kLayoutGc},
    .dealloc = deallocCell,
    .traverse = traverseCell,
    .clear = clearCell,
    .repr = reprCell,
    .hash = hashNotImplemented,
    .compare = compareCells,
    .construct = construct,
    .getset = attributes,
    .constructorSignature = "([contents])",
};

extern "C" Value krt_cell_new(Value contents) {
  auto* cell = newObjectOf<CellObject>(cellType);
  if (!cell) return Value();
  cell->contents = xnewRef(contents);
  gcTrack(&cell->header);
  return Value(&cell->header);
}

} // namespace krait
