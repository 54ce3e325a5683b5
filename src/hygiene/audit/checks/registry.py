"""The checks by the name that a rule's `check` gives."""

from collections.abc import Mapping

from hygiene.audit.checks.base import Check
from hygiene.audit.checks.buried import buried_repository
from hygiene.audit.checks.collisions import case_collision, unicode_collision
from hygiene.audit.checks.copies import copied_source_tree, duplicate_large_blobs
from hygiene.audit.checks.ignored import tracked_but_ignored
from hygiene.audit.checks.large_files import lfs_raw_blob, oversized_file
from hygiene.audit.checks.links import gitlink_without_gitmodules, symlink_leaves_repository
from hygiene.audit.checks.negations import dead_negation
from hygiene.audit.checks.permits import PermitCheck, expired_waiver, growing_clutter, unused_waiver
from hygiene.model.rule import RuleId

CHECKS: Mapping[str, Check] = {
    "buried-repository": buried_repository,
    "case-collision": case_collision,
    "copied-source-tree": copied_source_tree,
    "dead-negation": dead_negation,
    "duplicate-large-blobs": duplicate_large_blobs,
    "gitlink-without-gitmodules": gitlink_without_gitmodules,
    "lfs-raw-blob": lfs_raw_blob,
    "oversized-file": oversized_file,
    "symlink-leaves-repository": symlink_leaves_repository,
    "tracked-but-ignored": tracked_but_ignored,
    "unicode-collision": unicode_collision,
}
"""Those that look at the tree, before anything is permitted."""

CHECKS_OF_CONTENT: Mapping[str, Check] = {
    name: CHECKS[name] for name in ("buried-repository", "copied-source-tree", "lfs-raw-blob", "oversized-file")
}
"""Those of them that judge what a file is; the others judge how the files of one moment lie beside each other."""

CAPPED = frozenset({RuleId("oversized-file")})
"""Those that leave alone what the size cap does not judge (`Scene.subject_to_cap`)."""

PERMIT_CHECKS: Mapping[str, PermitCheck] = {
    "expired-waiver": expired_waiver,
    "growing-clutter": growing_clutter,
    "unused-waiver": unused_waiver,
}
"""Those that look at what was permitted."""
