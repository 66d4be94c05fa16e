"""What can go wrong, as messages for the person: what happened, the value that did it, and the next command.

One hierarchy, an exit code each. Only the command line turns these into exits; a single item that cannot be
read is no error at all but a `Failure`, a value that is kept and shown.
"""

from __future__ import annotations


class WitnessmarkError(Exception):
    """Anything this program says on purpose. `exit_code` is what the command ends with."""

    exit_code = 1


class UsageError(WitnessmarkError):
    """The command cannot be carried out as asked: an unknown subject, field, value or format."""

    exit_code = 2


class CaseError(WitnessmarkError):
    """The folder is not a case, is one already, or was written by a newer format."""

    exit_code = 3


class StorageError(WitnessmarkError):
    """An original or a record could not be stored: a full disk, no permission, a failing device."""

    exit_code = 4


class CustodyError(WitnessmarkError):
    """What is stored is not what was recorded: a missing, altered or additional file, a broken log."""

    exit_code = 5


class CaseBusyError(WitnessmarkError):
    """Another process is writing to the case and did not finish in time."""

    exit_code = 6


class MissingPartError(WitnessmarkError):
    """An optional library or outside program is not installed; the message carries the install command."""

    exit_code = 7


class UncitedSentenceError(WitnessmarkError):
    """A dossier sentence points at no evidence; nothing uncited is published."""

    exit_code = 8


class NothingReadError(WitnessmarkError):
    """Not one of the given files could be stored or read; each reason was printed above."""

    exit_code = 9


class LeakError(WitnessmarkError):
    """What was to leave the case holds something that must not, or could not be searched for it; nothing is left behind."""

    exit_code = 12


class LockedError(WitnessmarkError):
    """The case is encrypted and locked, or what was given does not open it."""

    exit_code = 10


class ProtectionError(WitnessmarkError):
    """Something protected would have left the case, or a seal cannot be opened with what was given; nothing was written."""

    exit_code = 11


class SceneError(WitnessmarkError):
    """A scene cannot be opened, or two scenes cannot be compared: no overlap, other bands, nothing but cloud. The message says which."""

    exit_code = 13


class RegistrationError(SceneError):
    """Two scenes could not be laid over each other reliably; a guess is not made. Control points by hand are the way on."""

    exit_code = 14
