#include "ir/analysis/webs.h"

#include "ir/analysis/flow.h"
#include "ir/core/operators.h"

#include <numeric>
#include <vector>

namespace krait::ir::analysis {

using namespace core;

namespace {

constexpr size_t kMaxNodes = 400000;

bool isAccess(const Instruction& i) { return !i.is(Op::FrameLeave) && (i.info().attributes & attribute::LOCAL); }
// What is there before ends here.
bool replaces(const Instruction& i) { return isLocalStore(i.op) || i.is(Op::LocalDel) || i.is(Op::LocalClear); }

// By block: the locals that may be read before they are stored. Ways through handlers count.
class LiveLocals {
public:
  LiveLocals(const Function& f, const Flow& flow) : width_((f.locals.size() + 63) / 64), bits_(width_ * f.blockIdLimit()) {
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t n = flow.order().size(); n-- > 0;) changed |= update(*flow.order()[n]);
    }
  }
  bool at(const Block& b, uint32_t local) const { return bits_[b.id * width_ + local / 64] >> (local % 64) & 1; }

private:
  bool update(const Block& b) {
    std::vector<uint64_t> live(width_);
    auto join = [&](const Block* from) {
      for (size_t w = 0; w < width_; ++w) live[w] |= bits_[from->id * width_ + w];
    };
    if (const Instruction* end = b.terminator())
      for (uint32_t s = 0; s < end->successorCount; ++s) join(end->target(s));
    for (const Instruction* i = b.last; i; i = i->previous) {
      if (!isAccess(*i)) continue;
      const uint64_t bit = uint64_t{1} << (i->local() % 64);
      if (replaces(*i)) live[i->local() / 64] &= ~bit;
      else live[i->local() / 64] |= bit;
    }
    if (b.handler) join(b.handler); // from anywhere inside
    bool changed = false;
    for (size_t w = 0; w < width_; ++w) {
      uint64_t& at = bits_[b.id * width_ + w];
      changed |= at != live[w];
      at = live[w];
    }
    return changed;
  }

  size_t width_;
  std::vector<uint64_t> bits_;
};

} // namespace

std::vector<std::vector<uint32_t>> Webs::byLocal() const {
  std::vector<std::vector<uint32_t>> all(locals_);
  for (uint32_t x = 0; x < locals_; ++x) all[x].push_back(x);
  std::vector<bool> isSeen(count_);
  for (auto [access, web] : webs_) {
    if (web >= locals_ && !isSeen[web]) all[access->local()].push_back(web);
    isSeen[web] = true;
  }
  return all;
}

Webs::Webs(const Function& f) : locals_(static_cast<uint32_t>(f.locals.size())) {
  const uint32_t locals = locals_;
  const bool isLarge = f.blockIdLimit() * size_t(locals) > kMaxNodes;
  // Nodes of the union: what each local has at the function's entry; at each block's beginning; then the stores.
  std::vector<uint32_t> parents(isLarge ? locals : locals * (1 + f.blockIdLimit()));
  std::iota(parents.begin(), parents.end(), 0u);
  auto find = [&](uint32_t n) {
    while (parents[n] != n) n = parents[n] = parents[parents[n]];
    return n;
  };
  auto unite = [&](uint32_t a, uint32_t b) {
    a = find(a), b = find(b);
    parents[std::max(a, b)] = std::min(a, b); // those of the entry stay what they are
  };
  std::vector<std::pair<const Instruction*, uint32_t>> accesses;
  if (isLarge) {
    for (const Block* b = f.entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next)
        if (isAccess(*i)) accesses.emplace_back(i, i->local());
  } else if (f.entry()) {
    const Flow flow(f);
    const LiveLocals live(f, flow);
    auto begin = [&](const Block& b, uint32_t local) { return locals * (1 + b.id) + local; };
    for (uint32_t x = 0; x < locals; ++x) unite(x, begin(*f.entry(), x));
    std::vector<uint32_t> now(locals);
    for (const Block* b = f.entry(); b; b = b->next) {
      for (uint32_t x = 0; x < locals; ++x) now[x] = begin(*b, x);
      auto flowTo = [&](const Block& to) {
        for (uint32_t x = 0; x < locals; ++x)
          if (live.at(to, x)) unite(now[x], begin(to, x));
      };
      if (b->handler) flowTo(*b->handler);
      for (const Instruction* i = b->first; i; i = i->next) {
        if (!isAccess(*i)) continue;
        uint32_t& at = now[i->local()];
        if (replaces(*i)) {
          at = static_cast<uint32_t>(parents.size());
          parents.push_back(at);
          if (b->handler && live.at(*b->handler, i->local())) unite(at, begin(*b->handler, i->local()));
        }
        accesses.emplace_back(i, at);
      }
      if (const Instruction* end = b->terminator())
        for (uint32_t s = 0; s < end->successorCount; ++s) flowTo(*end->target(s));
    }
  }
  std::vector<uint32_t> numbers(parents.size(), kNone);
  for (count_ = 0; count_ < locals; ++count_) numbers[find(count_)] = count_;
  for (auto [i, node] : accesses) {
    uint32_t& number = numbers[find(node)];
    if (number == kNone) number = count_++;
    webs_[i] = number;
  }
}

} // namespace krait::ir::analysis
