// Objects of the _sqlite3 module and what they share.
//
// Other threads run while SQLite prepares, steps, opens or closes (Working); what it
// calls back into Python takes the GIL again (Unblocking). A connection for one thread
// alone has no lock of SQLite's: what dies in another one meanwhile waits (`ended`).
#pragma once
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"

namespace krait::sqlite {

/// A prepared statement. Its connection keeps it for reuse while nobody uses it.
struct Statement {
  sqlite3_stmt* prepared;
  std::string text;
  bool dml;
  bool inUse = true;
  bool kept = true; // by the connection
};

/// What no cursor or blob uses any more; one of the two.
struct Ended {
  Statement* statement;
  sqlite3_blob* blob;
};

struct Connection {
  Object header;
  sqlite3* db;               // null: closed, or never opened
  Value isolationLevel;      // str or None
  Value rowFactory, textFactory;
  Value traceCallback, progressHandler, authorizer; // kept alive, null: none
  std::unordered_multimap<std::string_view, Statement*>* statements; // by text
  Statement* last;           // the one used last, or null
  std::vector<Ended>* ended; // in other threads while `working`; null: nothing
  uint64_t thread;           // that may use it
  int detectTypes;
  bool initialised, checkThread;
  bool working;              // SQLite runs in `thread`, or what it calls back; without checkThread of no meaning
};
inline Connection* asConnection(Value v) { return v.as<Connection>(); }

/// SQLite runs on the connection (or two) for this scope, without the GIL. Another thread may close one that it shares: `db` is
/// to be read again. Scopes do not nest, except in an Unblocking.
class Working {
public:
  explicit Working(Connection* c, Connection* other = nullptr) : first_(c), second_(other) {}
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;

private:
  class Mark {
  public:
    explicit Mark(Connection* c);
    ~Mark();
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;

  private:
    Connection* connection_; // or null
    bool wasWorking_;
  };
  Mark first_, second_;
  Blocking release_;
};
/// Keeps `what` for the end of the connection's work, where this is not the thread that may touch it: true.
bool endsLater(Connection* c, Ended what);

struct Cursor {
  Object header;
  Value connection;
  Value description, lastRowId, rowFactory;
  Value converters;          // list of converter or None per column, null: none are wanted
  Value weakrefs;
  Statement* statement;      // at a row, or null
  int64_t arraySize, rowCount;
  bool initialised, closed, locked;
};
inline Cursor* asCursor(Value v) { return v.as<Cursor>(); }

enum DetectTypes : int { kParseDeclTypes = 1, kParseColNames = 2 };

extern krait::Type connectionType, cursorType, rowType, prepareProtocolType;
extern krait::Type warningType, errorType, interfaceErrorType, databaseErrorType, dataErrorType, operationalErrorType,
    integrityErrorType, internalErrorType, programmingErrorType, notSupportedErrorType;

/// Raises what the connection's last failure means, unless a callback has raised already. Always null.
Value raiseError(sqlite3* db);
/// The connection is open and may be used by this thread: 0, or -1 with ProgrammingError.
int32_t checkUsable(Connection* c);

// ---- values (values.cpp) ----
/// adapters: (type, protocol) -> callable; converters: upper-case name -> callable. Borrowed.
Value adapters();
Value converters();
/// `v` as one of the types that SQLite stores, through adapters, __adapt__ and __conform__ (owned). `fallback` null:
/// ProgrammingError when nothing applies.
Value adapt(Value v, Value protocol, Value fallback);
/// Binds all parameters (a sequence or mapping): 0 or -1.
int32_t bindParameters(Connection* c, sqlite3_stmt* statement, Value parameters);
/// A column of the current row (owned).
Value columnValue(Connection* c, sqlite3_stmt* statement, int column, Value converter);
/// UTF-8 text through the connection's text_factory.
/// Results of Python functions, and their arguments.
int32_t setResult(sqlite3_context* context, Value v);
class Arguments {
public:
  Arguments(sqlite3_value** values, int count);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  bool ok() const { return ok_; }
  Args args() const { return {values_, count_, Value()}; }

private:
  Value local_[8];
  Value* values_ = local_;
  size_t count_ = 0;
  bool ok_ = true;
};

/// A str argument as UTF-8 without NULs. `which` is "1", "'name'" or, of the only one, "". False with an error.
bool nameArgument(Value v, const char* function, const char* which, std::string* out);

// ---- statements and transactions (connection.cpp) ----
/// A statement for `sql` (str), one that is not in use or newly prepared: null with an error, or where it is nothing but comments.
Statement* prepare(Connection* c, Value sql);
void giveBack(Connection* c, Statement* statement);
int32_t beginTransaction(Connection* c);
int32_t commitTransaction(Connection* c);
/// sqlite3_step and sqlite3_prepare_v2 without the GIL.
int stepStatement(Connection* c, sqlite3_stmt* s);
int prepareText(Connection* c, const char* text, int size, sqlite3_stmt** s, const char** tail);

// ---- cursors (cursor.cpp) ----
Value newCursor(Value connection);
Value executeMethod(Value cursor, const Value* argv);
Value executeManyMethod(Value cursor, const Value* argv);
Value executeScriptMethod(Value cursor, const Value* argv);

// ---- blobs (blob.cpp) ----
extern krait::Type blobType;
void closeBlob(Connection* c, sqlite3_blob* blob);
/// Connection.blobopen(table, column, row, readonly, name).
Value openBlob(Value self, const Value* argv);

// ---- functions defined in Python (functions.cpp) ----
extern const MethodDef functionMethods[];
extern bool callbackTracebacks;

} // namespace krait::sqlite
