"""`hearth import`: conversations that took place elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from hearth.config.cli.terminal import ready

app = typer.Typer(
    help="Bring conversations in from elsewhere. Safe to repeat: nothing is made twice, nobody is told."
)

Community = Annotated[
    str, typer.Option("--community", help="Short name of the community, as in its address.")
]
Space = Annotated[str, typer.Option("--space", help="Short name of the space.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of the posts, else the community's first.")]
Site = Annotated[str, typer.Option("--site", help="Web address of the forum, so that its links stay whole.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count; change nothing.")]
Files = Annotated[
    list[Path], typer.Argument(help="One or more files; .gz is fine.", exists=True, dir_okay=False)
]


@app.command("mbox")
def mbox(files: Files, community: Community, space: Space, lang: Lang = "", dry_run: DryRun = False) -> None:
    """Import the archive of a mailing list."""
    ready()
    from hearth.transfer.terminal import import_mbox

    import_mbox(files, community=community, space=space, dry_run=dry_run, lang=lang)


@app.command("discourse-json")
def discourse_json(
    files: Files,
    community: Community,
    space: Space,
    site: Site = "",
    lang: Lang = "",
    dry_run: DryRun = False,
) -> None:
    """Import a Discourse forum: one /t/ID.json a line."""
    ready()
    from hearth.transfer.terminal import import_discourse

    import_discourse(files, community=community, space=space, dry_run=dry_run, site=site, lang=lang)
