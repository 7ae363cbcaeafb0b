// sqlite3.Blob: a binary value in the database, read and written in place with a position.
#include <algorithm>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {
namespace {

struct Blob {
  Object header;
  Value connection;
  sqlite3_blob* blob; // null: closed
  int position;
  Value weakrefs;
};
Blob* asBlob(Value v) { return v.as<Blob>(); }

bool usable(Blob* b) {
  if (checkUsable(asConnection(b->connection)) < 0) return false;
  if (b->blob) return true;
  raise(programmingErrorType, "Cannot operate on a closed blob.");
  return false;
}
int sizeOf(Blob* b) { return sqlite3_blob_bytes(b->blob); }
Value failed(Blob* b, int status) {
  if (status == SQLITE_ABORT) return raise(operationalErrorType, "Cannot operate on an expired blob"), Value();
  return raiseError(asConnection(b->connection)->db);
}

Value readAt(Blob* b, int count, int offset) {
  BytesRoom room;
  if (!room.make(count)) return Value();
  int status;
  {
    Working work(asConnection(b->connection));
    status = sqlite3_blob_read(b->blob, room.data(), count, offset);
  }
  return status == SQLITE_OK ? room.take() : failed(b, status);
}
bool writeAt(Blob* b, const void* data, int64_t size, int offset) {
  if (size > sizeOf(b) - offset) return raise(ValueErrorType, "data longer than blob length"), false;
  int status;
  {
    Working work(asConnection(b->connection));
    status = sqlite3_blob_write(b->blob, data, static_cast<int>(size), offset);
  }
  if (status != SQLITE_OK) failed(b, status);
  return status == SQLITE_OK;
}

void closeNow(Blob* b) {
  sqlite3_blob* blob = b->blob;
  b->blob = nullptr;
  if (blob) closeBlob(asConnection(b->connection), blob);
}
Value closeMethod(Value self) {
  Blob* b = asBlob(self);
  if (checkUsable(asConnection(b->connection)) < 0) return Value();
  closeNow(b);
  return newRef(none());
}
Value enter(Value self) { return usable(asBlob(self)) ? newRef(self) : Value(); }
Value leave(Value self, const Args&) {
  if (!usable(asBlob(self))) return Value();
  closeNow(asBlob(self));
  return boolean(false);
}

Value readMethod(Value self, const Value* argv) {
  Blob* b = asBlob(self);
  int length = -1;
  if (!intArgument(argv[0], &length) || !usable(b)) return Value();
  const int left = sizeOf(b) - b->position;
  if (length < 0 || length > left) length = left;
  if (length == 0) return newBytes(std::string_view());
  Value bytes = readAt(b, length, b->position);
  if (bytes) b->position += length;
  return bytes;
}
Value writeMethod(Value self, Value data) {
  Blob* b = asBlob(self);
  HeldBuffer bytes;
  if (!bytes.get(data) || !usable(b) || !writeAt(b, bytes.data(), bytes.size(), b->position)) return Value();
  b->position += static_cast<int>(bytes.size());
  return newRef(none());
}
Value seekMethod(Value self, const Value* argv) {
  Blob* b = asBlob(self);
  int offset = 0, origin = 0;
  if (!intArgument(argv[0], &offset) || !intArgument(argv[1], &origin) || !usable(b)) return Value();
  if (origin < 0 || origin > 2) return raise(ValueErrorType, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
  const int64_t to = int64_t{offset} + (origin == 1 ? b->position : origin == 2 ? sizeOf(b) : 0);
  if (origin && (to > INT32_MAX || to < INT32_MIN)) return raise(OverflowErrorType, "seek offset results in offset overflow");
  if (to < 0 || to > sizeOf(b)) return raise(ValueErrorType, "offset out of blob range");
  b->position = static_cast<int>(to);
  return newRef(none());
}
Value tellMethod(Value self) { return usable(asBlob(self)) ? newInt(asBlob(self)->position) : Value(); }

// ---- as a sequence of bytes --------------------------------------------------------------------

int64_t lengthOf(Value self) { return usable(asBlob(self)) ? sizeOf(asBlob(self)) : -1; }

/// An integer subscript from the front: -1 with an error.
int64_t indexOf(Blob* b, Value key) {
  int64_t i = toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return -1;
  if (i < 0) i += sizeOf(b);
  return i < 0 || i >= sizeOf(b) ? fail(IndexErrorType, "Blob index out of range") : i;
}
Value subscript(Value self, Value key) {
  Blob* b = asBlob(self);
  if (!usable(b)) return Value();
  if (hasIndex(key)) {
    const int64_t i = indexOf(b, key);
    if (i < 0) return Value();
    Ref one(readAt(b, 1, static_cast<int>(i)));
    return one ? Value::ofSmallInt(static_cast<uint8_t>(bytesView(one)[0])) : Value();
  }
  if (typeOf(key) != &sliceType) return raise(TypeErrorType, "Blob indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return Value();
  const int64_t n = std::max<int64_t>(sliceAdjust(sizeOf(b), &start, &stop, step), 0);
  if (n == 0) return newBytes(std::string_view());
  if (step == 1) return readAt(b, static_cast<int>(n), static_cast<int>(start));
  const int64_t low = std::min(start, start + (n - 1) * step), high = std::max(start, start + (n - 1) * step);
  Ref whole(readAt(b, static_cast<int>(high - low + 1), static_cast<int>(low)));
  if (!whole) return Value();
  std::string picked;
  for (int64_t i = 0; i < n; ++i) picked += bytesView(whole)[static_cast<size_t>(start + i * step - low)];
  return newBytes(picked);
}
int32_t setSubscript(Value self, Value key, Value v) {
  Blob* b = asBlob(self);
  if (!usable(b)) return -1;
  if (hasIndex(key)) {
    if (!v) return fail(TypeErrorType, "Blob doesn't support item deletion");
    const int64_t i = indexOf(b, key);
    if (i < 0) return -1;
    if (!isInt(v)) return fail(TypeErrorType, "'%s' object cannot be interpreted as an integer", typeOf(v)->name);
    int overflow;
    const int64_t n = intToInt64(v, &overflow);
    if (overflow || n < 0 || n > 255) return fail(ValueErrorType, "byte must be in range(0, 256)");
    const auto byte = static_cast<uint8_t>(n);
    return writeAt(b, &byte, 1, static_cast<int>(i)) ? 0 : -1;
  }
  if (typeOf(key) != &sliceType) return fail(TypeErrorType, "Blob indices must be integers");
  if (!v) return fail(TypeErrorType, "Blob doesn't support slice deletion");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return -1;
  const int64_t n = std::max<int64_t>(sliceAdjust(sizeOf(b), &start, &stop, step), 0);
  HeldBuffer bytes;
  if (!bytes.get(v)) return -1;
  if (bytes.size() != n) return fail(IndexErrorType, "Blob slice assignment is wrong size");
  if (n == 0) return 0;
  if (step == 1) return writeAt(b, bytes.data(), n, static_cast<int>(start)) ? 0 : -1;
  for (int64_t i = 0; i < n; ++i)
    if (!writeAt(b, bytes.data() + i, 1, static_cast<int>(start + i * step))) return -1;
  return 0;
}

int traverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<Blob*>(o)->connection, context); }
void clearParts(Object*) {} // needed until the end
void dealloc(Object* o) {
  gcUntrack(o);
  auto* b = reinterpret_cast<Blob*>(o);
  if (b->weakrefs) clearWeakrefs(o);
  closeNow(b);
  clear(b->connection);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"close", closeMethod, "($self, /)"},
    {"read", readMethod, "($self, length=-1, /)"},
    {"write", writeMethod, "($self, data, /)"},
    {"seek", seekMethod, "($self, offset, origin=0, /)"},
    {"tell", tellMethod, "($self, /)"},
    {"__enter__", enter, "($self, /)"},
    {"__exit__", leave, "($self, type, val, tb, /)"},
    {},
};
constinit const MappingSlots mapping = {.length = lengthOf, .subscript = subscript, .setSubscript = setSubscript};

} // namespace

constinit krait::Type blobType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.Blob",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &blobType, .size = sizeof(Blob), .flags = kLayoutGc, .weakOffset = offsetof(Blob, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .mapping = &mapping,
    .methods = methods,
};

void closeBlob(Connection* c, sqlite3_blob* blob) {
  if (endsLater(c, {.statement = nullptr, .blob = blob})) return;
  Working work(c);
  sqlite3_blob_close(blob);
}

Value openBlob(Value self, const Value* argv) {
  Connection* c = asConnection(self);
  int64_t row;
  bool readOnly = false;
  std::string table, column, database = "main";
  if (!nameArgument(argv[0], "blobopen", "1", &table) || !nameArgument(argv[1], "blobopen", "2", &column)) return Value();
  row = toInt64(argv[2]);
  if ((row == -1 && errorSet()) || !truthArgument(argv[3], &readOnly) || checkUsable(c) < 0) return Value();
  if (argv[4] && !nameArgument(argv[4], "blobopen", "'name'", &database)) return Value();
  sqlite3_blob* blob;
  int status;
  {
    sqlite3* db = c->db;
    Working work(c);
    status = sqlite3_blob_open(db, database.c_str(), table.c_str(), column.c_str(), row, !readOnly, &blob);
  }
  if (status != SQLITE_OK) return raiseError(c->db);
  Object* o = newObject(&blobType.instanceLayout);
  if (!o) return closeBlob(c, blob), Value();
  auto* b = reinterpret_cast<Blob*>(o);
  b->connection = newRef(self);
  b->blob = blob;
  gcTrack(o);
  return Value(o);
}

} // namespace krait::sqlite
