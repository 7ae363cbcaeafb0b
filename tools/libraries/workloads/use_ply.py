# python3-ply: a calculator from a grammar.
import ply.lex as lex, ply.yacc as yacc
tokens = ('NAME','NUMBER','PLUS','MINUS','TIMES','DIVIDE','EQUALS','LPAREN','RPAREN')
t_PLUS=r'\+'; t_MINUS=r'-'; t_TIMES=r'\*'; t_DIVIDE=r'/'; t_EQUALS=r'='; t_LPAREN=r'\('; t_RPAREN=r'\)'; t_NAME=r'[a-zA-Z_][a-zA-Z0-9_]*'
def t_NUMBER(t):
    r'\d+'
    t.value = int(t.value); return t
t_ignore = " \t"
def t_newline(t):
    r'\n+'
    t.lexer.lineno += t.value.count("\n")
def t_error(t):
    print(f"Illegal character {t.value[0]!r}"); t.lexer.skip(1)
lexer = lex.lex()
precedence = (('left','PLUS','MINUS'),('left','TIMES','DIVIDE'),('right','UMINUS'))
names = {}
def p_statement_assign(t):
    'statement : NAME EQUALS expression'
    names[t[1]] = t[3]
def p_statement_expr(t):
    'statement : expression'
    print(t[1])
def p_expression_binop(t):
    '''expression : expression PLUS expression
                  | expression MINUS expression
                  | expression TIMES expression
                  | expression DIVIDE expression'''
    if t[2]=='+': t[0]=t[1]+t[3]
    elif t[2]=='-': t[0]=t[1]-t[3]
    elif t[2]=='*': t[0]=t[1]*t[3]
    elif t[2]=='/': t[0]=t[1]/t[3]
def p_expression_uminus(t):
    'expression : MINUS expression %prec UMINUS'
    t[0] = -t[2]
def p_expression_group(t):
    'expression : LPAREN expression RPAREN'
    t[0] = t[2]
def p_expression_number(t):
    'expression : NUMBER'
    t[0] = t[1]
def p_expression_name(t):
    'expression : NAME'
    try: t[0] = names[t[1]]
    except LookupError:
        print(f"Undefined name {t[1]!r}"); t[0] = 0
def p_error(t):
    print(f"Syntax error at {t.value!r}" if t else "EOF")
parser = yacc.yacc(write_tables=False, debug=False)
for s in ['a = 3', 'a * (2 + 4) - -1', 'b', '3 $ 4', '3 +', '2 * * 3', '10/4']:
    parser.parse(s)
