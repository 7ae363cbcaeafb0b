#include "runtime/object/shown_sizes.h"
#include <cstring>
#include "runtime/object/heap_type.h"

namespace krait {
namespace {

// As python3.11 answers __basicsize__, __itemsize__ and bit 14 of __flags__.
constexpr ShownSize kShownSizes[] = {
    {"object", 16, 0, false}, {"int", 24, 4, false}, {"float", 24, 0, false}, {"complex", 32, 0, false}, {"str", 80, 0, false},
    {"bytes", 33, 1, false}, {"bytearray", 56, 0, false}, {"list", 40, 0, true}, {"tuple", 24, 8, true}, {"dict", 48, 0, true},
    {"set", 200, 0, true}, {"frozenset", 200, 0, true}, {"type", 904, 40, true}, {"NoneType", 16, 0, false},
    {"range", 48, 0, false}, {"slice", 40, 0, true}, {"function", 136, 0, true}, {"method", 48, 0, true}, {"module", 56, 0, true},
    {"property", 64, 0, true}, {"super", 40, 0, true}, {"weakref.ReferenceType", 64, 0, true}, {"BaseException", 72, 0, true},
    {"memoryview", 144, 8, true}, {"builtin_function_or_method", 56, 0, true}, {"cell", 24, 0, true},
    {"classmethod", 32, 0, true}, {"staticmethod", 32, 0, true}, {"mappingproxy", 24, 0, true},
    {"types.SimpleNamespace", 24, 0, true}, {"_asyncio.Future", 128, 0, true}, {"_asyncio.Task", 176, 0, true},
    {"_collections._deque_iterator", 56, 0, true}, {"_collections._deque_reverse_iterator", 56, 0, true},
    {"_csv.Dialect", 48, 0, true}, {"_csv.Error", 72, 0, true}, {"_hashlib.HASH", 32, 0, false},
    {"_hashlib.HASHXOF", 32, 0, false}, {"_hashlib.HMAC", 32, 0, false}, {"_io.BufferedRandom", 152, 0, true},
    {"_io.BufferedReader", 152, 0, true}, {"_io.BufferedWriter", 152, 0, true}, {"_io.BytesIO", 64, 0, true},
    {"_io.FileIO", 48, 0, true}, {"_io.IncrementalNewlineDecoder", 40, 0, false}, {"_io.StringIO", 120, 0, true},
    {"_io.TextIOWrapper", 192, 0, true}, {"_json.Encoder", 80, 0, true}, {"_pickle.Pickler", 152, 0, true},
    {"_pickle.Unpickler", 272, 0, true}, {"_queue.SimpleQueue", 56, 0, true}, {"_socket.socket", 48, 0, false},
    {"_ssl.Certificate", 32, 0, false}, {"_ssl.MemoryBIO", 32, 0, true}, {"_ssl.SSLSession", 32, 0, true},
    {"_ssl._SSLSocket", 96, 0, true}, {"_struct.Struct", 56, 0, true}, {"_thread.RLock", 48, 0, true},
    {"_thread._local", 64, 0, true}, {"_thread.lock", 40, 0, true}, {"array.array", 64, 0, true}, {"ExceptionGroup", 96, 0, true},
    {"async_generator", 152, 8, true}, {"bool", 32, 4, false}, {"bytearray_iterator", 32, 0, true},
    {"bytes_iterator", 32, 0, true}, {"code", 184, 2, false}, {"coroutine", 152, 8, true}, {"enumerate", 56, 0, true},
    {"dict_keyiterator", 56, 0, true}, {"dict_valueiterator", 56, 0, true}, {"dict_itemiterator", 56, 0, true},
    {"dict_reversekeyiterator", 56, 0, true}, {"dict_reversevalueiterator", 56, 0, true}, {"dict_reverseitemiterator", 56, 0, true},
    {"frame", 120, 8, true}, {"generator", 152, 8, true}, {"str_ascii_iterator", 32, 0, true}, {"str_iterator", 32, 0, true}, {"traceback", 40, 0, true},
    {"wrapper_descriptor", 56, 0, true}, {"zip", 48, 0, true}, {"collections.OrderedDict", 112, 0, true},
    {"collections.defaultdict", 56, 0, true}, {"collections.deque", 216, 0, true}, {"datetime.IsoCalendarDate", 32, 8, true},
    {"decimal.Context", 96, 0, false}, {"decimal.ContextManager", 32, 0, false}, {"decimal.Decimal", 104, 0, false},
    {"decimal.SignalDictMixin", 24, 0, false}, {"functools._lru_cache_wrapper", 152, 0, true}, {"functools.partial", 64, 0, true},
    {"itertools._tee_dataobject", 496, 0, true}, {"itertools.count", 40, 0, true}, {"itertools.filterfalse", 32, 0, true},
    {"itertools.pairwise", 32, 0, true}, {"itertools.permutations", 64, 0, true}, {"itertools.product", 48, 0, true},
    {"itertools.starmap", 32, 0, true}, {"itertools.zip_longest", 56, 0, true}, {"mmap.mmap", 80, 0, true},
    {"operator.attrgetter", 40, 0, true}, {"operator.itemgetter", 48, 0, true}, {"pickle.PickleBuffer", 104, 0, true},
    {"re.Match", 88, 8, true}, {"re.Pattern", 96, 4, true}, {"sqlite3.Connection", 216, 0, true},
    {"sqlite3.DataError", 80, 0, true}, {"sqlite3.DatabaseError", 80, 0, true}, {"sqlite3.Error", 80, 0, true},
    {"sqlite3.IntegrityError", 80, 0, true}, {"sqlite3.InterfaceError", 80, 0, true}, {"sqlite3.InternalError", 80, 0, true},
    {"sqlite3.NotSupportedError", 80, 0, true}, {"sqlite3.OperationalError", 80, 0, true},
    {"sqlite3.PrepareProtocol", 16, 0, true}, {"sqlite3.ProgrammingError", 80, 0, true}, {"sqlite3.Warning", 80, 0, true},
    {"types.GenericAlias", 64, 0, true}, {"unicodedata.UCD", 40, 0, true}, {"weakref.finalize", 16, 0, true},
    {"xml.etree.ElementTree.Element", 56, 0, true}, {"xml.etree.ElementTree.TreeBuilder", 160, 0, true},
    {"zoneinfo.ZoneInfo", 208, 0, false}, {"method_descriptor", 56, 0, true},
};

} // namespace

const ShownSize* shownSizeOf(const Type* t) {
  if (isHeapType(t)) return nullptr;
  for (const ShownSize& s : kShownSizes)
    if (!std::strcmp(s.type, t->name)) return &s;
  return nullptr;
}

} // namespace krait
