"""Every command, in the runner: what it prints where, with which exit code, and what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dutygraph.cli import main
from dutygraph.queries.catalogue import questions

Run = Callable[..., Result]
RA = "responsible authorities"
READING: dict[str, list[str]] = {
    "who": ["who", "plan", "--area", "Netherby", "--on", "2015-06-01"],
    "duties": ["duties", "Netherby Borough Council", "--on", "2015-06-01"],
    "members": ["members", RA, "--area", "Netherby", "--on", "2005-06-01"],
    "is": ["is", "Amberland PCC", RA, "--area", "Netherby", "--on", "2015-06-01"],
    "body": ["body", "Ambershire CC", "--on", "2015-06-01"],
    "partnership": ["partnership", "Netherby CSP", "--on", "2015-06-01"],
    "act": ["act", "SPA 1998", "--on", "2015-06-01"],
    "area": ["area", "Quillport", "--on", "2015-06-01"],
    "changes": ["changes", "2012-11-21", "2012-11-22"],
}
COMMANDS = list(main.commands)


@pytest.fixture
def run(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the graph of the invented register."""
    monkeypatch.setenv("DUTYGRAPH_STORE", str(store_folder))
    monkeypatch.delenv("COLUMNS", raising=False)

    def invoke(*arguments: str, **more: object) -> Result:
        return CliRunner().invoke(main, list(arguments), **more)  # type: ignore[arg-type]

    return invoke


def is_plain_error(result: Result, code: int = 1) -> bool:
    """Say whether a failure was said in a few lines on stderr, and nothing on stdout."""
    return (
        result.exit_code == code
        and not result.stdout
        and "Traceback" not in result.stderr
        and "Error: " in result.stderr
        and (result.exception is None or isinstance(result.exception, SystemExit))
    )


# Help


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_with_an_example(run: Run, command: str, option: str) -> None:
    result = run(command, option)
    assert result.exit_code == 0 and not result.stderr
    assert "Usage: " in result.stdout and f"dutygraph {command}" in result.stdout.split("Example")[1]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command_with_a_line(run: Run, option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    for name, command in main.commands.items():
        assert f"  {name} " in result.stdout and command.get_short_help_str()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_a_help_text(command: str) -> None:
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{command} {parameter.opts}"


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_takes_the_same_options(command: str) -> None:
    options = {word for parameter in main.commands[command].params for word in parameter.opts}
    assert {"--format", "--store", "--show-query"} <= options
    assert command == "changes" or "--on" in options


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("dutygraph, version ")


# Answers


@pytest.mark.parametrize("command", READING)
def test_a_table_is_the_default_and_stderr_stays_empty(run: Run, command: str) -> None:
    result = run(*READING[command])
    assert result.exit_code == 0, result.output
    assert result.stdout == run(*READING[command], "--format", "table").stdout
    assert "[yes]" in result.stdout or "[no]" in result.stdout
    assert not result.stderr


@pytest.mark.parametrize("command", READING)
def test_json_is_json_with_the_verdict(run: Run, command: str) -> None:
    data = json.loads(run(*READING[command], "--format", "json").stdout)
    assert data["answer"] in ("yes", "no", "not_in_force", "unknown") and data["as_at"]


@pytest.mark.parametrize("command", READING)
def test_csv_is_csv(run: Run, command: str) -> None:
    lines = list(csv.DictReader(io.StringIO(run(*READING[command], "--format", "csv").stdout)))
    assert lines and all(None not in line for line in lines)


@pytest.mark.parametrize("command", READING)
def test_markdown_begins_with_the_question_in_bold(run: Run, command: str) -> None:
    text = run(*READING[command], "--format", "md").stdout
    assert text.startswith("**") and ("| --- |" in text or command == "is")


@pytest.mark.parametrize("command", READING)
def test_the_screen_sets_the_width(run: Run, command: str) -> None:
    result = run(*READING[command], env={"COLUMNS": "50"})
    assert max(len(line) for line in result.stdout.splitlines()) <= 50


@pytest.mark.parametrize("command", READING)
def test_the_query_that_answers_is_shown_and_runs_again(run: Run, command: str) -> None:
    shown = run(*READING[command], "--show-query")
    assert shown.exit_code == 0
    parts = shown.stdout.split("\n\n# question: ")
    assert parts[0].startswith("# question: ")
    for part in (parts[0], *("# question: " + part for part in parts[1:])):
        again = run("query", "-", "--format", "json", input=part)
        assert again.exit_code == 0, again.stderr
        assert "results" in json.loads(again.stdout)


def test_the_query_shown_for_members_gives_the_same_members(run: Run) -> None:
    shown = run(*READING["members"], "--show-query").stdout
    sparql = next(part for part in shown.split("\n\n# question: ") if "SELECT ?area ?areaLabel ?member" in part)
    rows = json.loads(run("query", "-", "--format", "json", input="# " + sparql).stdout)["results"]["bindings"]
    members = json.loads(run(*READING["members"], "--format", "json").stdout)["members"]
    assert {row["member"]["value"] for row in rows} == {member["iri"] for member in members}


def test_the_four_answers_differ_and_all_of_them_are_answers(run: Run) -> None:
    asked = {
        "[yes]": ("is", "Netherby Borough Council", RA, "--area", "Netherby", "--on", "2015-06-01"),
        "[no]": ("is", "Amberland PCC", RA, "--area", "Netherby", "--on", "2015-06-01"),
        "[not in force on that day]": (
            "is",
            "Amberland Police Authority",
            RA,
            "--area",
            "Netherby",
            "--on",
            "2015-06-01",
        ),
        "[unknown: a gap in dutygraph]": (
            "is",
            "Amberland PCC",
            "review partners",
            "--area",
            "Netherby",
            "--on",
            "2024-06-01",
        ),
    }
    for mark, arguments in asked.items():
        result = run(*arguments)
        assert result.exit_code == 0 and [other for other in asked if other in result.stdout] == [mark]


def test_an_answer_that_nobody_is_held_is_an_answer(run: Run) -> None:
    assert run("members", RA, "--area", "Netherby", "--on", "1990-01-01").exit_code == 0


# Mistakes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["members", RA, "--area", "Netherhall"], "Netherby"),
        (["members", "responsible archdukes", "--area", "Netherby"], "responsible authorities"),
        (["body", "Chief Constable"], "could be: Chief Constable of Amberland Police"),
        (["act", "Magna Carta"], "is a gap in dutygraph"),
        (["members", RA, "--area", ""], "An empty name stands for nothing"),
        (["who", ""], "Say in a word or two"),
        (["members", RA, "--area", "Netherby", "--on", "01/06/2005"], "Write it as 2005-06-01."),
        (["members", RA, "--area", "Netherby", "--on", "2005-02-30"], "is not a day of the calendar"),
        (["changes", "2013-01-01", "2012-01-01"], "Give the earlier day first"),
        (["changes", "yesterday", "2012-01-01"], "is not a date"),
        (["query", "membres"], "Did you mean members?"),
        (["query", "absent.rq"], "absent.rq cannot be read"),
        (["query", "members", "-p", "area"], "Write name=value"),
        (["query", "members", "-p", "aera=x"], 'no parameter "aera"'),
        (["query", "members", "--format", "ttl"], "Use --format table, json"),
        (["export", "graph.csv"], "The ending must be one of"),
        (["load", "rdf", "absent.ttl"], "is a plain Oxigraph store"),
        (["build"], "is a plain Oxigraph store"),
    ],
)
def test_a_wrong_input_is_said_on_stderr_with_code_1(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert is_plain_error(result), result.output
    assert said in result.stderr and len(result.stderr.splitlines()) <= 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["members", RA],
        ["members"],
        ["membres"],
        ["members", RA, "--area", "Netherby", "--format", "word"],
        ["who", "plan", "--kind", "right"],
        ["query"],
        ["load", "poems", "x"],
        ["load", "rdf"],
        ["changes", "2012-01-01"],
        ["members", RA, "--area", "Netherby", "--om", "2005-06-01"],
        ["export"],
    ],
)
def test_a_wrong_usage_is_said_on_stderr_with_code_2(run: Run, arguments: list[str]) -> None:
    assert is_plain_error(run(*arguments), code=2)


@pytest.mark.parametrize(
    "name", ['" } DROP ALL #', "a> <b", "\udcff", "\x00", "x" * 5000, "¿?", "../../etc/passwd", "%s%n"]
)
def test_no_name_breaks_a_command(run: Run, name: str) -> None:
    for arguments in (["body", name], ["who", name], ["members", name, "--area", name], ["act", name]):
        result = run(*arguments)
        assert result.exit_code in (0, 1) and (result.exception is None or isinstance(result.exception, SystemExit))


def test_a_query_is_run_as_it_stands_between_quotes(run: Run) -> None:
    result = run("query", "SELECT (1 + 1 AS ?sum) { }", "--format", "csv")
    assert result.exit_code == 0 and result.stdout.split() == ["sum", "2"]
    result = run("query", "SELECT ?x { ?x dg:holder ?y }")
    assert is_plain_error(result) and 'the prefix "dg:" is not declared' in result.stderr


def test_a_query_file_that_is_not_there_is_told_with_the_way_out(run: Run) -> None:
    result = run("query", "nothing.rq")
    assert is_plain_error(result) and "there is no such file" in result.stderr and "query --list" in result.stderr


def test_a_mistake_in_a_query_of_ones_own_is_shown_in_its_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT *\nWHERE { ?s dgg:p ?o }", encoding="utf-8")
    result = run("query", str(path))
    assert is_plain_error(result)
    assert f'{path}, line 2: the prefix "dgg:" is not declared. Did you mean PREFIX dg:' in result.stderr


def test_a_store_that_is_not_there_is_built_and_what_is_in_the_way_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert is_plain_error(run(*READING["members"], "--store", str(tmp_path / "file")))


def test_an_endpoint_that_is_not_there_is_said(run: Run) -> None:
    result = run(*READING["members"], "--store", "http://127.0.0.1:1/sparql")
    assert is_plain_error(result) and "cannot be reached" in result.stderr


# Queries


def test_the_catalogue_is_listed_with_questions_and_prefixes(run: Run) -> None:
    result = run("query", "--list", env={"COLUMNS": "160"})
    assert result.exit_code == 0
    for item in questions():
        assert item.name in result.stdout
    assert "PREFIX dg: <https://w3id.org/dutygraph/def#>" in result.stdout


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml", "md"])
def test_a_catalogued_query_runs_with_parameters_in_every_format(run: Run, form: str) -> None:
    result = run("query", "named", "-p", "key=netherby", "--format", form)
    assert result.exit_code == 0 and "E07009901" in result.stdout


def test_a_query_shown_is_the_query_that_runs(run: Run) -> None:
    arguments = ["query", "named", "-p", "key=netherby"]
    shown = run(*arguments, "--show-query").stdout
    assert run("query", "-", input=shown).stdout == run(*arguments).stdout


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "table"])
def test_a_query_of_ones_own_may_construct_a_graph(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("CONSTRUCT WHERE { ?s a <https://w3id.org/dutygraph/def#HolderClass> }", encoding="utf-8")
    result = run("query", str(path), "--format", form)
    assert result.exit_code == 0 and "review-partner" in result.stdout


# Build, load, validate, export, info


def test_a_graph_is_built_loaded_into_and_exported(small_builds: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "graph")

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, [*arguments, "--store", store])
        assert result.exit_code == 0, result.output
        return result

    built = run("build")
    assert "statements in" in built.stdout and "Building the graph" in built.stderr
    extra = tmp_path / "extra.ttl"
    extra.write_text("<https://example.org/a> <https://example.org/b> 'c' .", encoding="utf-8")
    assert "The graph now holds" in run("load", "rdf", str(extra)).stdout
    exported = tmp_path / "all.nq"
    assert f"written to {exported}" in run("export", str(exported)).stderr
    assert "https://example.org/a" in exported.read_text(encoding="utf-8")
    run("build", "--forget")
    run("export", str(exported))
    assert "https://example.org/a" not in exported.read_text(encoding="utf-8")


def test_the_first_question_builds_the_graph_and_says_so_on_stderr(small_builds: Path, tmp_path: Path) -> None:
    arguments = [*READING["members"], "--format", "json", "--store", str(tmp_path / "graph")]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert first.exit_code == 0 and json.loads(first.stdout) == json.loads(second.stdout)
    assert "Building the graph" in first.stderr and not second.stderr


def test_a_broken_register_is_reported_whole_and_loads_nothing(small_builds: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "topics.csv").write_text(
        "id,label,also_called,broader,note\nharbour,,,,\nquay,quay,,hrabour,\n", encoding="utf-8"
    )
    store = ["--store", str(tmp_path / "graph")]
    CliRunner().invoke(main, ["build", *store])
    before = (tmp_path / "graph" / "in-use.json").read_bytes()
    result = CliRunner().invoke(main, ["load", "register", str(own), *store])
    assert result.exit_code == 1 and not result.stdout
    assert "own/topics.csv, line 2, label: the cell is empty." in result.stderr
    assert (
        'own/topics.csv, line 3, broader: no row of topics.csv has the name "hrabour". Did you mean harbour'
        in result.stderr
    )
    assert "2 faults; nothing was loaded." in result.stderr
    assert (tmp_path / "graph" / "in-use.json").read_bytes() == before


def test_validate_says_what_is_sound_and_how_much_is_unchecked(run: Run, small_builds: Path) -> None:
    result = run("validate")
    assert result.exit_code == 0, result.output
    assert "Sound." in result.stdout and "0 violations" in result.stdout and "facts are unchecked" in result.stdout
    data = json.loads(run("validate", "--format", "json").stdout)
    assert data["sound"] is True and {"name", "sound", "message", "findings"} <= data["parts"][0].keys()


def test_validate_finds_the_faults_of_a_register_of_ones_own(run: Run, small_builds: Path, tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_text("id,label,also_called,broader,note\nharbour,,,,\n", encoding="utf-8")
    result = run("validate", "--register", str(tmp_path))
    assert result.exit_code == 1 and "[fault] register: 1 fault" in result.stdout and "Not sound" in result.stdout


def test_info_says_versions_place_and_counts(run: Run, store_folder: Path) -> None:
    result = run("info")
    assert result.exit_code == 0 and str(store_folder) in result.stdout
    data = json.loads(run("info", "--format", "json").stdout)
    assert data["graphs"]["https://w3id.org/dutygraph/graph/register"] > 1000
    assert all(item["unchecked"] <= item["count"] for item in data["held"])
    assert "Open Government Licence" in data["licence"]
