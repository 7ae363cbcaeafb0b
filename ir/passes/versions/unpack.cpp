// Unpacking of tuples and lists of the right length, and loops over lists, tuples, texts, bytes, dicts, sets, enumerate and zip. Numbers become raw without
// a count, and no pair is made: behind the guards, items are looked at where they are.
//
//     %5 = next.br %4, ^2, ^3                     %20 = list.peek %4, ^11, ^19
//   ^2:                                         ^11: tuple.sized 2, %20, ^12, ^19
//     %6, %7 = unpack 2, %5              ──>    ^12: %21 = tuple.get %20, 0    %22 = int.check %21, ^13, ^19   …
//     kill %5                                   ^14: iterator.step %4
//     …                                              br ^2.version(%22, %24)
//                                               ^19: cold: next.br, unpack and kill as the general body does them, then the same checks
#include "ir/core/operators.h"
#include "ir/passes/versions/translator.h"

#include <array>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

// A parameter for what a result is from `block` on.
Known parameterOf(Translator& t, Block* block, const Temp* result) {
  if (const RawKind kind = surelyKind(result); kind != RawKind::None) return {.kind = kind, .raw = t.numberParameter(block, kind)};
  Temp* word = t.function().addParameter(block, result->type, Ownership::Owned);
  word->guess = result->guess;
  return {.word = word, .owned = true};
}

// The unpacking that is all that happens to a loop's item.
const Instruction* unpackOf(const Instruction& next) {
  const Instruction* unpack = next.target(0)->first;
  const Temp* item = next.result();
  const bool isAll = unpack->is(Op::Unpack) && unpack->operand(0) == item && unpack->next->is(Op::Kill) && unpack->next->operand(0) == item &&
                     item->uses && item->uses->next && !item->uses->next->next;
  return isAll && unpack->resultCount > 0 && unpack->resultCount <= kMaxUnpacked ? unpack : nullptr;
}

// Whether what comes out of the pair lives on in a variable up to the next step, where nothing else is put in that: then nobody sees
// whether the pair, which the iterator would keep up to then, holds it, too.
bool isKeptByVariable(const Plan& plan, const Function& f, const Temp* item) {
  const Instruction* store = item->uses && !item->uses->next ? item->uses->user : nullptr;
  return store && isLocalStore(store->op) && store->local() < f.varCount && plan.changes[store->local()] == 1;
}

// One of several unpackings of what a variable holds: then the version is left by what does not fit, so that behind it the answers still hold.
bool isAskedAgain(const Plan& plan, const Instruction& unpack) {
  const Instruction* read = unpack.operand(0)->definition;
  return read && isLocalLoad(read->op) && plan.unpackings[read->local()] > 1;
}

bool isByte(const Temp* item) { return item->definition && item->definition->is(Op::BytePeek); }

// The list itself, where the general body has an iterator.
bool beginList(Translator& t, const Instruction& iter) {
  auto store = t.plan().listStores.find(&iter);
  if (store == t.plan().listStores.end()) return false;
  t.settle();
  const Temp* iterable = iter.operand(0);
  const bool dies = iter.next->is(Op::Kill) && iter.next->operand(0) == iterable;
  t.emit(Op::ListBegin, {dies ? t.owned(iterable) : t.reference(iterable)}, {.index = store->second->local()});
  return true;
}

} // namespace

// Guards that the sequence has `count` items; they are borrowed.
std::vector<Temp*> Translator::itemsOf(Temp* sequence, Guess guess, uint32_t count, Block* otherwise) {
  const bool isList = guess == Guess::List;
  std::vector<Temp*> items;
  if (!isList && guess != Guess::Tuple) {
    Temp* first = guardOr(Op::ItemsOf, {sequence}, otherwise, {.imm = count})->result();
    for (uint32_t n = 0; n < count; ++n) items.push_back(value(Op::ItemAt, {first}, {.imm = n}));
    return items;
  }
  guardOr(isList ? Op::ListSized : Op::TupleSized, {sequence}, otherwise, {.imm = count});
  for (uint32_t n = 0; n < count; ++n) items.push_back(value(isList ? Op::ListGet : Op::TupleGet, {sequence, integer(n)}));
  return items;
}

// Raw numbers where they are wanted; bytes are small ints already.
void Translator::unboxAll(std::span<Temp* const> results, std::vector<Temp*>& items, Block* otherwise) {
  for (size_t n = 0; n < items.size(); ++n) {
    const RawKind kind = surelyKind(results[n]);
    if (kind == RawKind::None || (kind == RawKind::Int && isByte(items[n]))) continue;
    items[n] = guardOr(checkOf(kind), {items[n]}, otherwise)->result();
  }
}

// What general operations made: from here on exits give it.
void Translator::hold(std::span<Temp* const> results, std::span<Temp* const> words) {
  for (size_t n = 0; n < words.size(); ++n) known_[results[n]] = {.word = words[n], .owned = true};
}

// What is held goes on as the results are wanted, or out.
void Translator::handOver(std::span<Temp* const> results, std::span<Temp* const> words, Block* out, Block* to) {
  std::vector<Temp*> raw(words.begin(), words.end());
  unboxAll(results, raw, out);
  for (size_t n = 0; n < words.size(); ++n)
    if (surelyKind(results[n]) != RawKind::None) emit(Op::Kill, {words[n]});
  for (Temp* r : results) known_.erase(r);
  jumpTo(to, raw);
}

std::vector<Temp*> Translator::unpackGenerally(const Instruction& i, Temp* sequence) {
  Temp* operands[] = {sequence};
  Instruction* made = f_.create(Op::Unpack, operands, {}, kNone, kNone, i.imm, 0, i.site);
  f_.append(at_, made);
  return {made->results, made->results + made->resultCount};
}

bool translateUnpack(Translator& t, const Instruction& i) {
  if (i.is(Op::Iter)) return beginList(t, i);
  if (!i.is(Op::Unpack) || i.resultCount == 0 || i.resultCount > kMaxUnpacked) return false;
  const Guess guess = i.operand(0)->guess;
  if (guess != Guess::None && guess != Guess::Tuple && guess != Guess::List) return false;
  const Instruction* next = i.operand(0)->definition;
  if (next && next->is(Op::SplitPiece)) return false; // no list mostly
  if (next && next->is(Op::NextBr) && i.resultCount == 2 && unpackOf(*next)) return false; // as one, they need not make the pair
  t.settle();
  const std::span<Temp* const> results(i.results, i.resultCount);
  Temp* sequence = t.word(i.operand(0));
  if (isAskedAgain(t.plan(), i)) {
    std::vector<Temp*> items = t.itemsOf(sequence, guess, i.resultCount, t.exit());
    t.unboxAll(results, items, t.exit());
    for (size_t n = 0; n < items.size(); ++n) {
      if (const RawKind kind = surelyKind(results[n]); kind != RawKind::None) t.defineNumber(results[n], kind, items[n]);
      else t.define(results[n], {.word = t.value(Op::Copy, {items[n]}), .owned = true});
    }
    return true;
  }
  Block* general = t.coldBlock();
  Block* meeting = t.newBlock();
  std::vector<Temp*> items = t.itemsOf(sequence, guess, i.resultCount, general);
  t.unboxAll(results, items, general);
  for (size_t n = 0; n < items.size(); ++n)
    if (surelyKind(results[n]) == RawKind::None) items[n] = t.value(Op::Copy, {items[n]});
  t.jumpTo(meeting, items);
  t.goOn(general);
  t.unpackAfter(i, sequence, meeting);
  t.goOn(meeting);
  for (const Temp* r : results) t.define(r, parameterOf(t, meeting, r));
  return true;
}

// The general operation; out behind the deaths that follow it.
void Translator::unpackAfter(const Instruction& i, Temp* sequence, Block* to) {
  const std::span<Temp* const> results(i.results, i.resultCount);
  const std::vector<Temp*> words = unpackGenerally(i, sequence);
  hold(results, words);
  handOver(results, words, exitAfter(i), to);
}

// ---- loops --------------------------------------------------------------------------------------

// At the end of the block that has `gotten` from an iterator: where that meets the list's item, which is gone over all the same.
Temp* Translator::takeUnfit(uint32_t list, Block* unfit, Temp* item, Temp* gotten) {
  Block* meeting = coldBlock();
  meeting->handler = at_->handler;
  jump(meeting, {gotten});
  at_ = unfit;
  Temp* mine = value(Op::Copy, {item});
  emit(Op::ListStep, {}, {.index = list});
  jump(meeting, {mine});
  at_ = meeting;
  return f_.addParameter(meeting, gotten->type, Ownership::Owned);
}

// The way to `ended` where the list is over, which its iterator lets go then: before others that go over more die (zip).
Block* Translator::endOfList(const Instruction& i, uint32_t list, Block* ended) {
  const Instruction* first = i.target(1)->first;
  if (first->is(Op::LocalClear) && first->local() == list) return ended;
  Block *before = at_, *over = newBlock();
  at_ = over;
  emit(Op::LocalClear, {}, {.index = list});
  jump(ended, {});
  at_ = before;
  return over;
}

// Where ints are wanted, they may be those of bytes.
void Translator::stepBytes(Temp* iterator, Block* first) {
  Block* other = coldBlock();
  Temp* byte = guardOr(Op::BytePeek, {iterator}, other)->result();
  at_->cold = true;
  emit(Op::IteratorStep, {iterator});
  jumpTo(first, std::array{byte});
  at_ = other;
}

// What was taken for a list for want of a guess is a text or a dict as often: their items are taken from where they are.
void Translator::stepOthers(Temp* iterator, Block* first) {
  Block* other = coldBlock();
  Temp* character = guardOr(Op::StrPeek, {iterator}, other)->result();
  at_->cold = true;
  Temp* item = value(Op::Copy, {character});
  emit(Op::IteratorStep, {iterator});
  jumpTo(first, std::array{item});
  at_ = other;
  other = coldBlock();
  Temp* position = guardOr(Op::DictPeek, {iterator}, other)->result();
  at_->cold = true;
  item = value(Op::Copy, {value(Op::DictKey, {iterator, position})});
  emit(Op::DictStep, {iterator, position});
  jumpTo(first, std::array{item});
  at_ = other;
}

bool Translator::nextOfSequences(const Instruction& i) {
  auto found = plan_.loops.find(&i);
  if (found == plan_.loops.end()) return false;
  const Loop& loop = found->second;
  const Instruction* unpack = unpackOf(i);
  const bool isDict = loop.kind == Loop::Kind::Dict, givesItems = isDict && loop.view == 2;
  const bool isPair = loop.kind == Loop::Kind::Enumerate || loop.kind == Loop::Kind::Zip || givesItems;
  if (isPair && (!unpack || unpack->resultCount != (givesItems ? 2 : loop.sequences.size() + (loop.kind == Loop::Kind::Enumerate)))) return false;
  const Guess item = i.result()->guess;
  if (!isPair && unpack && item != Guess::None && item != Guess::Tuple && item != Guess::List) unpack = nullptr;
  if (loop.kind == Loop::Kind::Enumerate && surelyKind(unpack->results[0]) == RawKind::Float) return false;
  if (!isPair && !loop.sequences.empty() && loop.sequences[0] == Guess::Bytes) unpack = nullptr; // of an int
  Block* first = versionOf(i.target(0));
  const std::span<Temp* const> results = unpack ? std::span<Temp* const>(unpack->results, unpack->resultCount) : std::span<Temp* const>(i.results, 1);
  const Instruction* read = i.operand(0)->definition;
  const uint32_t list = read && read->is(Op::LocalRead) && f_.rawKind(read->local()) == RawKind::List ? read->local() : kNone;
  const bool isRaw = list != kNone;
  Temp* iterator = isRaw ? nullptr : word(i.operand(0));
  Block* general = isRaw ? newBlock() : coldBlock(); // a list ends there, too
  Block* unfit = isRaw && (unpack || surelyKind(results[0]) != RawKind::None) ? coldBlock() : general; // has an item, of another kind

  // Nothing moves before the last guard.
  std::vector<Temp*> items, moving;
  Temp *whole = nullptr, *position = nullptr; // the item before it is unpacked; where a dict's entry is
  auto peek = [&](Guess sequence, Temp* of) {
    moving.push_back(of);
    const Op op = sequence == Guess::Tuple ? Op::TuplePeek : sequence == Guess::Str ? Op::StrPeek : sequence == Guess::Bytes ? Op::BytePeek : Op::ListPeek;
    items.push_back(guardOr(op, {of}, general)->result());
  };
  switch (loop.kind) {
  case Loop::Kind::Sequence:
    if (isRaw) items.push_back(guardOr(Op::ListItem, {}, general, {.index = list})->result());
    else peek(loop.sequences[0], iterator);
    whole = items[0];
    if (unpack) items = itemsOf(items[0], item, unpack->resultCount, unfit);
    break;
  case Loop::Kind::Dict:
    position = guardOr(Op::DictPeek, {iterator}, general, {.imm = loop.view})->result();
    if (loop.view != 1) items.push_back(value(Op::DictKey, {iterator, position}));
    if (loop.view != 0) items.push_back(value(Op::DictValue, {iterator, position}));
    if (unpack && !isPair) items = itemsOf(items[0], item, unpack->resultCount, general);
    break;
  case Loop::Kind::Set:
    position = guardOr(Op::SetPeek, {iterator}, general)->result();
    items.push_back(value(Op::SetKey, {iterator, position}));
    if (unpack) items = itemsOf(items[0], item, unpack->resultCount, general);
    break;
  case Loop::Kind::Range: return false; // its steps are raw
  case Loop::Kind::Enumerate: peek(loop.sequences[0], guardOr(Op::EnumerateIterator, {iterator}, general)->result()); break;
  case Loop::Kind::Zip: {
    std::vector<Temp*> parts;
    for (size_t n = 0; n < loop.sequences.size(); ++n) {
      const Attributes which{.imm = static_cast<int64_t>(n), .imm2 = static_cast<int64_t>(loop.sequences.size())};
      parts.push_back(guardOr(Op::ZipIterator, {iterator}, general, which)->result());
      for (size_t k = 0; k < n; ++k) // zip(it, it): each moves on before the other looks
        guardOr(Op::CondBr, {value(Op::BoolNot, {value(Op::Is, {parts[k], parts[n]})})}, general);
    }
    for (size_t n = 0; n < parts.size(); ++n) peek(loop.sequences[n], parts[n]);
  }
  }
  const bool counts = loop.kind == Loop::Kind::Enumerate;
  unboxAll(results.subspan(counts), items, unfit);
  auto isCounted = [&](size_t n) { return surelyKind(results[n + counts]) == RawKind::None; };
  auto isHeld = [&](size_t n) { return isCounted(n) && isPair && !(givesItems && isKeptByVariable(plan_, f_, results[n])); };
  // What a zip held dies between the steps of its iterators, which have been looked at: then it is left to the general operation.
  const bool isZip = loop.kind == Loop::Kind::Zip;
  for (size_t n = 0; n < items.size() && isPair; ++n) {
    if (isZip || !isHeld(n)) guardOr(Op::HoldsNothing, {iterator}, general, {.imm = static_cast<int64_t>(n)});
    if (isZip && isCounted(n) && !isByte(items[n])) guardOr(Op::PlainCheck, {items[n]}, general);
  }
  std::vector<Temp*> dead;
  for (size_t n = 0; n < items.size(); ++n) {
    if (!isCounted(n)) continue;
    if (isHeld(n) && !isZip) dead.push_back(value(Op::IteratorHold, {iterator, value(Op::Copy, {items[n]})}, {.imm = static_cast<int64_t>(n)}));
    items[n] = value(Op::Copy, {items[n]});
  }
  for (Temp* m : moving) emit(Op::IteratorStep, {m});
  if (position) emit(isDict ? Op::DictStep : Op::SetStep, {iterator, position});
  if (isRaw) emit(Op::ListStep, {}, {.index = list});
  if (counts) {
    Temp* count = value(Op::EnumerateStep, {iterator});
    if (surelyKind(results[0]) == RawKind::None) count = value(Op::Copy, {count});
    items.insert(items.begin(), count);
  }
  for (Temp* d : dead) emit(Op::Kill, {d});
  jumpTo(first, items);
  for (const Temp* r : results) results_[r] = parameterOf(*this, first, r);
  if (unpack) done_.insert({unpack, unpack->next});

  // Everything else: another iterator, its end, another kind of item.
  at_ = general;
  std::vector<Temp*> none;
  Block* got = coldBlock();
  got->handler = i.target(0)->handler;
  Block* ended = edge(i, 1, none);
  if (isRaw) {
    iterator = guardOr(Op::ListIterator, {}, endOfList(i, list, ended), {.index = list})->result();
    at_->cold = true;
  }
  if (loop.kind == Loop::Kind::Sequence && loop.isOpen && !unpack) {
    if (const RawKind kind = surelyKind(results[0]); kind == RawKind::None) stepOthers(iterator, first);
    else if (kind == RawKind::Int) stepBytes(iterator, first);
  }
  Function::Target targets[] = {{got, {}}, {ended, {}}};
  Temp* operands[] = {iterator};
  Instruction* next = f_.create(Op::NextBr, operands, targets, kNone, kNone, 0, 0, i.site);
  f_.append(at_, next);
  at_ = got;
  Temp* gotten = next->result();
  if (unfit != general) gotten = takeUnfit(list, unfit, whole, gotten);
  std::vector<Temp*> words{gotten};
  if (unpack) {
    words = unpackGenerally(*unpack, gotten);
    emit(Op::Kill, {gotten});
  }
  hold(results, words);
  handOver(results, words, exits_.before(unpack ? *unpack->next->next : *i.target(0)->first, known_, scratch_, at_), first);
  return true;
}

} // namespace krait::ir::passes::versions
