"""What an archive would hold, from a commit, its settings and an audit of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hygiene.errors import NoPackage
from hygiene.model.inventory import Entry, Gap, Inventory, Sizes
from hygiene.model.packaging import ArchiveForm, Note, PackagePlan, PackageSettings, Refusal, RefusalKind, Source
from hygiene.model.permit import Origin
from hygiene.model.report import AuditReport
from hygiene.ports import Repository
from hygiene.release.denial import Denier, unjudged
from hygiene.release.export_ignore import ExportRules, read_export_rules
from hygiene.release.refusing import gravest_first, refused_entries
from hygiene.release.selection import Selection, Selector

_LOOK = "Look at `exclude` and `root`, and at `export-ignore` in .gitattributes."
_EXCLUDE = "Exclude it, or see with `hygiene audit` what is wrong with it."


@dataclass(frozen=True)
class Package:
    """A package that is asked for: everything but what an audit says of it.

    Attributes:
        inventory: the whole tree of the commit.
        sizing: tells the size of every blob of the inventory that is there; it may be under way already.
        notes: what is known beforehand that a reader of the plan should know.
        policy: the files that the settings and permits were read from.
    """

    repository: Repository
    inventory: Inventory
    sizing: Callable[[], Sizes]
    settings: PackageSettings
    source: Source
    name: str
    version: str
    target: str | None
    form: ArchiveForm
    archive_name: str
    notes: Sequence[Note] = ()
    policy: tuple[Origin, ...] = ()

    @cached_property
    def sizes(self) -> Sizes:
        """Of all blobs that are there."""
        return self.sizing()

    @cached_property
    def selector(self) -> Selector:
        """What it takes, of any files. Raises `BadPattern`."""
        return Selector(self.settings, self.export_rules.attributes.export_ignored)

    @cached_property
    def selection(self) -> Selection:
        """What belongs in it of the commit.

        Raises `BadPattern`; and where all of the commit can be seen `IdleLines`, or `NoPackage` where nothing is left.
        """
        selection = self.selector.select(self.inventory.entries, self.sizes)
        if not self.inventory.gaps:
            self.selector.require_use()
            if not selection.chosen:
                raise NoPackage("nothing is left of what it includes", _LOOK)
        return selection

    @cached_property
    def refused_entries(self) -> Sequence[Refusal]:
        """What forbids it whatever the rules say of its files."""
        return list(refused_entries(self.selection.chosen, self.settings, self.repository))

    @cached_property
    def export_rules(self) -> ExportRules:
        """What the commit's attributes leave out, if they have a say."""
        entries: Sequence[Entry] = self.inventory.entries if self.settings.export_ignore else ()
        return read_export_rules(entries, self.sizes, self.repository)


def plan(package: Package, report: AuditReport, denier: Denier, rules_digest: str) -> PackagePlan:
    """The whole plan; `report` is an audit of the same commit, in which nothing was let pass."""
    chosen = package.selection.chosen
    denied = denier.denial(report, frozenset(each.source for each in chosen))
    refusals = [
        *package.refused_entries,
        *denied.refused,
        *package.export_rules.refusals,
        *(_unlisted(gap) for gap in package.inventory.gaps),
        *unjudged(report, {each.source for each in chosen if each.size is not None}, _EXCLUDE),
    ]
    return PackagePlan(
        tool_version=report.tool_version,
        source=package.source,
        name=package.name,
        version=package.version,
        target=package.target,
        form=package.form,
        archive_name=package.archive_name,
        root=package.settings.root,
        chosen=chosen,
        left_out=package.selection.left_out,
        refusals=gravest_first(refusals),
        waived=denied.waived,
        undecided=denied.undecided,
        notes=package.notes,
        policy=package.policy,
        rules_digest=rules_digest,
    )


def _unlisted(gap: Gap) -> Refusal:
    """A folder that cannot be read may hold what belongs in the archive."""
    return Refusal(RefusalKind.MISSING, gap.path or "", gap.reason, gap.help)
