# python3-click: a command line application with groups, options, errors and help.
import click
from click.testing import CliRunner
@click.group()
@click.option('--debug/--no-debug', default=False)
def cli(debug): click.echo(f'debug {debug}')
@cli.command()
@click.argument('name')
@click.option('--count', default=1, type=click.IntRange(1, 5), help='times', show_default=True)
def hi(name, count):
    "Say hi."
    for _ in range(count): click.secho('hi ' + name, fg='red')
r = CliRunner()
for a in (['--help'], ['hi','--help'], ['hi','bob','--count','3'], ['hi'], ['hi','x','--count','9'], ['zz'], ['--debug','hi','q']):
    x = r.invoke(cli, a); print(x.exit_code, x.output)
