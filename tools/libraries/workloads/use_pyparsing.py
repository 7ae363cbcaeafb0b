# python3-pyparsing: expressions and recursive grammars.
import pyparsing as pp
n = pp.pyparsing_common.number; e = pp.infix_notation(n, [('-',1,pp.OpAssoc.RIGHT),(pp.one_of('* /'),2,pp.OpAssoc.LEFT),(pp.one_of('+ -'),2,pp.OpAssoc.LEFT)])
print(e.parse_string('1+2*(3-4)/-5').as_list())
try: e.parse_string('1+', parse_all=True)
except pp.ParseException as x: print(x)
j = pp.Forward(); s = pp.dbl_quoted_string; j <<= s | n | pp.Group('[' + pp.Optional(pp.delimited_list(j)) + ']')
print(j.parse_string('["a", 1, [2.5, []]]').dump())
