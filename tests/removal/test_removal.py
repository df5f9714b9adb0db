"""Take a protection out of a copy of the project: a named test must turn red.

Not part of the ordinary run (`-m removal`): each case is a pytest of its own on the copy.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders.remembered import FOLDER_VARIABLE
from tests.project import PROJECT


@dataclass(frozen=True)
class Removal:
    """Text that is replaced in a file, and the test that must see it."""

    file: str
    old: str
    new: str
    test: str


REMOVALS = {
    "the HMAC of what is staged": Removal(
        "transforms/sealing/parquet.py",
        "            mac.verify(rest[-MAC_BYTES:])\n",
        "",
        "tests/transforms/sealing/test_parquet.py::test_every_byte_counts",
    ),
    "mark of the last chunk": Removal(
        "flows/custody/seal.py",
        "bytes([is_last])",
        "bytes(1)",
        "tests/flows/custody/test_seal.py::test_what_is_not_this_file_is_refused",
    ),
    "who is left out": Removal(
        "flows/pipeline/receiving.py",
        "check_contract(rows, source,",
        "check_contract(delivered, source,",
        "tests/flows/rights/test_exclusions.py::test_a_run_leaves_out_who_objected_and_the_same_day_is_not_published_twice",
    ),
    "who is left out of the archive": Removal(
        "flows/pipeline/receiving.py",
        "            readable = drop_lines(file.content, {*left_out, *delivered.excluded})\n",
        "            readable = drop_lines(file.content, delivered.excluded)\n",
        "tests/flows/rights/test_erasure.py::test_who_was_erased_is_in_no_later_archive",
    ),
    "a line break in a cell": Removal(
        "transforms/intake/text_files.py",
        "            if reader.line_num != line:\n                break\n",
        "",
        "tests/transforms/intake/test_delivery.py::test_a_broken_file_gives_its_own_value_free_error",
    ),
    "lines counted by another hand": Removal(
        "flows/workfolder/deliveries.py",
        "    require_all_rows(delivered, count_rows(file.content), file.source)\n",
        "",
        "tests/end_to_end/test_flow.py::test_a_reader_that_swallows_a_row_stops_the_run",
    ),
    "lines of a supplier's file counted by another hand": Removal(
        "flows/workfolder/deliveries.py",
        "        require_all_lines(file.mapped, _lines_of(file.whole, file.mapping), file.source)\n",
        "        pass\n",
        "tests/end_to_end/test_mapped_run.py::test_a_line_that_becomes_nothing_is_refused",
    ),
    "a measurement that may not be read": Removal(
        "transforms/intake/mapping/declaration.py",
        "    if _is_excluded(fixed, source):",
        "    if False:",
        "tests/transforms/intake/mapping/test_mapping.py::test_a_mapping_that_cannot_be_is_refused_without_a_word_of_it",
    ),
    "what may not be read is not kept": Removal(
        "flows/pipeline/receiving.py",
        "source, blank_unread_cells(readable, source))",
        "source, readable)",
        "tests/flows/rights/test_erasure.py::test_who_was_erased_is_in_no_later_archive",
    ),
    "an objection while a run waits": Removal(
        "flows/release/approval.py",
        "    if not (is_waiting and is_entered(run)) and count_exclusions_since(run.home, run.run_id):",
        "    if False:",
        "tests/flows/release/test_release.py::test_what_somebody_asked_to_be_left_out_of_meanwhile_is_not_approved",
    ),
    "a copy of a work folder": Removal(
        "flows/custody/store_access.py",
        "    if not _is_same_folder(folder, home.root):",
        "    if False:",
        "tests/flows/commands/test_key_commands.py::test_a_copy_of_a_work_folder_destroys_nothing_of_the_original",
    ),
    "the login of a run's server": Removal(
        "flows/prefect_settings.py",
        "    require_login(_own_login())\n",
        "",
        "tests/flows/service/test_surface.py::test_the_server_of_a_run_answers_nobody_without_its_login",
    ),
    "the wrapping key from before a destruction goes": Removal(
        "flows/custody/keystore.py",
        "            self.custodian.destroy(self.generation)\n",
        "",
        "tests/flows/custody/test_keystore.py::test_with_a_full_backup_nothing_of_a_destroyed_period_opens",
    ),
    "the chain of the audit log": Removal(
        "flows/registers/chain.py",
        "            if not _follows(line, lines, text):",
        "            if False:",
        "tests/flows/commands/test_key_commands.py::test_the_audit_log_is_shown_and_every_change_in_it_is_seen",
    ),
    "the officer's key at a destruction": Removal(
        "flows/custody/signing.py",
        "    if public is not None and public != pinned:",
        "    if False:",
        "tests/flows/commands/test_key_commands.py::test_only_the_pinned_officer_destroys",
    ),
    "a role": Removal(
        "flows/custody/roles.py",
        "    raise RoleRefused(command, roles)\n",
        "",
        "tests/flows/custody/test_roles.py::test_who_has_only_the_other_roles_is_refused_before_anything_is_done_and_is_in_the_audit_log",
    ),
    "a roles file that is private": Removal(
        "flows/custody/roles.py",
        " and not facts.st_mode & 0o077",
        "",
        "tests/flows/custody/test_roles.py::test_a_file_open_to_others_stops_who_has_the_role_too",
    ),
    "a process without keys": Removal(
        "flows/custody/keyless.py",
        "        sys.addaudithook(_refuse)\n",
        "        pass\n",
        "tests/flows/custody/test_roles.py::test_a_process_without_keys_opens_no_store_even_with_the_right_passphrase_in_its_environment",
    ),
    "suppression": Removal(
        "transforms/disclosure/suppression/protect.py",
        "    suppression = suppress(task_of(job, multiples), effort, watch)",
        '    suppression = Suppression(frozenset(), 0, 0, "optimal")',
        "tests/transforms/disclosure/test_disclosure.py::test_listing_every_possible_file_reveals_nothing",
    ),
    "complementary suppression": Removal(
        "transforms/disclosure/suppression/separation.py",
        "        return self._for_lines(pattern) or self._first(self._for_attacker, pattern)",
        "        return 0",
        "tests/transforms/disclosure/test_disclosure.py::test_listing_every_possible_file_reveals_nothing"
        "[several categories per person]",
    ),
    "own records in the search": Removal(
        "transforms/disclosure/suppression/suppress.py",
        "        all_attackers = attackers(task, insiders)",
        "        all_attackers = attackers(task, ())",
        "tests/transforms/disclosure/test_own_record.py::test_nobody_learns_more_with_his_whole_record",
    ),
    "declared texts that tell no size": Removal(
        "schemas/tables/population.py",
        "Is de geboortedag onbekend, dan telt de klasse alleen mee als die toch vaststaat.",
        "De oudste klassen zijn te klein.",
        "tests/transforms/report/test_words.py::test_no_sentence_tells_a_size_that_no_interval_does",
    ),
    "what people know that they are not in": Removal(
        "transforms/disclosure/counts/records.py",
        "    return np.where(added > 0, cells, system.hidden), added",
        "    return np.full_like(added, system.hidden), added",
        "tests/transforms/disclosure/test_own_record.py::test_who_is_not_in_a_count_knows_that_too",
    ),
    "own records in the attack": Removal(
        "transforms/disclosure/suppression/protect.py",
        "    _require_nothing_for_insiders(attack, job.records)\n",
        "",
        "tests/transforms/disclosure/test_own_record.py::test_a_pattern_that_is_safe_for_outsiders_only_is_not_let_out",
    ),
    "audit before publication": Removal(
        "transforms/disclosure/counts/audit.py",
        "    if broken:",
        "    if False:",
        "tests/transforms/disclosure/test_disclosure.py::test_without_complementary_suppression_the_audit_fails",
    ),
    "earlier releases in the search": Removal(
        "transforms/disclosure/over_time/next_release.py",
        "effort, others=others, before=before, file=file, watch=watch)",
        "effort, file=file)",
        "tests/flows/commands/test_protection.py::test_months_in_a_row_do_not_show_who_came_or_went",
    ),
    "dependent columns": Removal(
        "transforms/microdata/table_plan.py",
        "    links = [link(file, dependency, all_categories) for dependency in public]\n",
        "    links = []\n",
        "tests/flows/commands/test_dependent_columns.py::test_nothing_small_follows_from_a_release",
    ),
    "columns that cannot be related to the ledger": Removal(
        "transforms/microdata/earlier_columns.py",
        "            raise ColumnsUnrelated(column, lacking)\n",
        "            pass\n",
        "tests/transforms/disclosure/over_time/test_ledger_columns.py::test_what_cannot_be_related_is_refused_with_the_way_to_say_it",
    ),
    "no exact counts beside earlier ones": Removal(
        "transforms/disclosure/over_time/next_release.py",
        "    require_rounded([table.spec for table in counted], profile.threshold, history, occasion)\n",
        "",
        "tests/flows/commands/test_protection.py::test_exact_counts_do_not_follow_others_of_the_same_columns",
    ),
    "no blank for a count that moved": Removal(
        "transforms/disclosure/suppression/job.py",
        "    if rounded.given_away:",
        "    if False:",
        "tests/transforms/disclosure/test_disclosure_chosen.py::test_a_count_without_a_safe_multiple_is_refused",
    ),
    "deliveries of the release that a request follows": Removal(
        "transforms/disclosure/suppression/job.py",
        "    before.require_counted(profile.threshold)\n",
        "",
        "tests/transforms/disclosure/test_same_persons.py::test_corrected_deliveries_do_not_answer_a_request",
    ),
    "hold of what is not plausible": Removal(
        "flows/pipeline/steps.py",
        "    require_plausible(run, checked)\n",
        "",
        "tests/end_to_end/test_held_run.py::test_half_a_file_is_held_until_the_steward_says_why",
    ),
    "refusal of what is declared not to be delivered": Removal(
        "flows/pipeline/receiving.py",
        "    require_declared(control, context.profile.absent)\n",
        "",
        "tests/end_to_end/test_two_sources.py::test_what_is_declared_not_to_be_delivered_is_refused_when_it_comes[statement]",
    ),
    "mark of a cell without a text": Removal(
        "transforms/intake/workbooks.py",
        "        _mark_lost(record.cells, facts.filled[record.line])\n",
        "",
        "tests/transforms/intake/test_workbooks.py::test_a_cell_that_holds_something_is_never_read_as_empty",
    ),
    "register check of a request": Removal(
        "flows/pipeline/question.py",
        "    require_askable(request.question, delivered_sources(profile))\n",
        "",
        "tests/end_to_end/test_asking.py::test_the_register_is_asked_before_a_delivery_is_read",
    ),
    "audit beside earlier releases": Removal(
        "flows/release/ledger_entry.py",
        "    audit_over_time(publication, History(earlier), profile)\n",
        "",
        "tests/end_to_end/test_beside.py::test_what_was_published_in_between_can_stop_a_release",
    ),
    "attack on two releases that are compared": Removal(
        "transforms/comparison/pair.py",
        "    if comparison.breaches or comparison.narrowed:",
        "    if False:",
        "tests/flows/commands/test_compare.py::test_a_pair_that_proves_a_small_change_is_refused",
    ),
    "x": Removal(
        "transforms/comparison/side.py",
        "            if column.shows(levels) and column.cells is not None:",
        "            if column.cells is not None:",
        "tests/transforms/comparison/test_side_by_side.py::test_every_row_is_that_of_its_own_release_or_an_x",
    ),
    "attack on sums": Removal(
        "flows/release/proof.py",
        "        return attack, verdict, audit_amounts(content.sums, content.released)\n",
        "        return attack, verdict, {}\n",
        "tests/end_to_end/test_sum_release.py::test_anyone_who_attacks_a_release_finds_a_sum_of_few",
    ),
    "that dear counts are published where single attackers let them": Removal(
        "transforms/disclosure/suppression/crowds.py",
        "    to_publish[dear] = True\n",
        "",
        "tests/transforms/disclosure/test_disclosure_chosen.py::test_who_together_stand_in_the_way_of_dear_counts_are_tried_apart",
    ),
    "that a category of the file is not empty": Removal(
        "transforms/disclosure/counts/known.py",
        "        yield system.keys[place], 1, CAP\n",
        "        yield system.keys[place], 0, CAP\n",
        "tests/flows/commands/test_dependent_columns.py::test_a_category_of_the_file_is_not_empty_and_one_of_a_code_list_may_be",
    ),
    "what a supplier subtracts": Removal(
        "transforms/disclosure/sums/magnitude_rules.py",
        "    for figures in (*ledgers, *suppliers):\n",
        "    for figures in ledgers:\n",
        "tests/transforms/disclosure/sums/test_suppliers.py::test_no_supplier_learns_of_others",
    ),
    "what a supplier estimates": Removal(
        "transforms/disclosure/sums/magnitude_search.py",
        "            broken = sum(self._attack(pattern, supplier) for supplier in self.suppliers)\n",
        "            broken = 0\n",
        "tests/transforms/disclosure/sums/test_suppliers.py::test_no_supplier_learns_of_others",
    ),
    "sums once per ledger": Removal(
        "flows/release/ledger_entry.py",
        "    if sums and why_none(profile, earlier, peildatum):",
        "    if False:",
        "tests/end_to_end/test_sum_release.py::test_a_release_with_sums_that_came_between_stops_this_one",
    ),
    "proof of what was signed": Removal(
        "flows/pipeline/steps.py",
        "    proof = prove(run.pending, tables_by_release(read_ledger(run.home.ledger)))\n"
        "    if not proof.is_redrawn:\n"
        "        raise RunOutdated\n"
        "    if proof.content.profile.public != asked_profile(run).public:\n"
        '        raise ApprovalRefused("other figures of others were declared since; make the run again")\n',
        "",
        "tests/flows/release/test_release.py::test_files_that_were_changed_before_signing_are_not_published",
    ),
    "a release that is made again before it is published": Removal(
        "flows/pipeline/steps.py",
        "    if not proof.is_redrawn:\n        raise RunOutdated\n",
        "",
        "tests/flows/release/test_release.py::test_what_cannot_be_made_again_with_these_versions_is_not_published",
    ),
    "the seal of what waits": Removal(
        "flows/release/approval.py",
        '        _hmac(facts, secret).verify(bytes.fromhex(str(_read_seal(run).get("hmac"))))\n',
        "",
        "tests/flows/release/test_approval.py::test_what_was_changed_since_the_run_is_neither_signed_nor_published",
    ),
    "the profile of what waits": Removal(
        "flows/release/approval.py",
        '        if (content["peildatum"], content["profile"]) != (run.peildatum, run.profile):',
        "        if False:",
        "tests/flows/release/test_approval.py::test_what_is_said_of_the_run_beside_its_files_is_what_was_sealed",
    ),
    "the versions of what waits": Removal(
        "flows/release/approval.py",
        '        if content["versions"] != versions():',
        "        if False:",
        "tests/flows/release/test_approval.py::test_an_upgrade_between_run_and_approval_means_another_run",
    ),
    "the run that a statement is about": Removal(
        "flows/release/approval.py",
        "    if not waiting.facts.items() <= asdict(signed).items():",
        "    if False:",
        "tests/flows/release/test_approval.py::test_the_statement_of_another_run_is_no_approval",
    ),
    "the time of an approval": Removal(
        "flows/release/approval.py",
        "    if not _is_timely(signed, datetime.now(UTC)):",
        "    if False:",
        "tests/flows/release/test_approval.py::test_an_approval_holds_for_its_time_only",
    ),
    "a rejection": Removal(
        "flows/release/approval.py",
        '        raise ApprovalRefused("the officer rejected this run; make the run again")\n',
        "        pass\n",
        "tests/flows/release/test_approval.py::test_a_rejected_run_is_over_and_the_next_dossier_says_so",
    ),
    "the touch of a FIDO key": Removal(
        "flows/custody/sshsig.py",
        "        if not touch[0] & _TOUCHED:",
        "        if False:",
        "tests/flows/custody/test_officer_keys.py::test_a_fido_key_is_checked_as_openssh_checks_it_and_must_be_touched",
    ),
    "the passphrase of a new officer's key": Removal(
        "flows/commands/officer.py",
        "officer_passphrase(key_passphrase_fd, new=True)",
        'b""',
        "tests/flows/custody/test_officer_keys.py::test_a_new_key_has_a_passphrase_unless_she_says_otherwise",
    ),
    "the question before what cannot be undone": Removal(
        "flows/commands/confirm.py",
        '    if not yes and not (sys.stdin.isatty() and not is_captured() and _typed() == "yes"):',
        "    if False:",
        "tests/flows/release/test_approval.py::test_without_a_terminal_and_without_yes_nothing_is_done",
    ),
    "column check": Removal(
        "transforms/intake/delivery.py",
        "    if unknown:\n        raise UnknownColumn",
        "    if False:\n        raise UnknownColumn",
        "tests/end_to_end/test_flow.py::test_unknown_column_stops_the_run",
    ),
    "signature check": Removal(
        "flows/custody/signing.py",
        "        sshsig.require_signed(signature, statement, pinned)\n",
        "",
        "tests/flows/release/test_release.py::test_release_without_signature_is_not_published",
    ),
    "a look at a folder before it is read": Removal(
        "flows/release/proof.py",
        "    require_plain(folder)\n",
        "",
        "tests/flows/release/test_hostile_folder.py::test_what_is_no_plain_file_is_refused_before_anything_is_opened",
    ),
    "the form of a manifest": Removal(
        "flows/release/manifest.py",
        "    if malformed:\n",
        "    if False:\n",
        "tests/flows/release/test_hostile_folder.py::test_no_manifest_does_anything_but_verify_or_not",
    ),
    "control characters that are written out": Removal(
        "flows/screen.py",
        "super().render_str(escape_controls(text), **options)",
        "super().render_str(text, **options)",
        "tests/flows/release/test_hostile_folder.py::test_nothing_from_a_folder_acts_on_the_terminal",
    ),
    "the hash of the hashes": Removal(
        "docs/researcher.md",
        'grep -F "\\"sha256\\": \\"$(hash SHA256SUMS)\\"" $r/manifest.json &&\n',
        "",
        "tests/end_to_end/test_documentation.py::test_a_release_is_checked_without_our_software",
    ),
    "a folder that appears by one rename": Removal(
        "flows/workfolder/files.py",
        "    temporary = _temporary(folder)\n    try:\n        if is_private:\n            make_private(temporary)\n"
        "        else:\n            temporary.mkdir(mode=0o755)\n        for name, content in files.items():\n"
        "            (write_private if is_private else _write_open)(temporary / name, content)\n"
        "        if is_private:\n            remove_folder(folder)\n        temporary.rename(folder)\n",
        "    remove_folder(folder)\n    temporary = folder\n    make_private(folder)\n    try:\n"
        "        for name, content in files.items():\n            write_private(folder / name, content)\n",
        "tests/flows/runs/test_killed.py::test_a_folder_is_whole_or_not_there_after_a_real_kill",
    ),
    "few households": Removal(
        "transforms/disclosure/counts/households.py",
        "(self._truth >= self._threshold) & (self._number < MINIMUM_HOUSEHOLDS)",
        "self._number < 0",
        "tests/flows/commands/test_groups_and_sums.py::test_twelve_persons_of_one_household_are_not_told",
    ),
    "what few households are left in": Removal(
        "transforms/disclosure/counts/households.py",
        "                    yield Share(part, group)\n",
        "                    continue\n",
        "tests/transforms/disclosure/test_households.py::test_no_rest_of_published_numbers_is_of_few",
    ),
    "a cell that only others count by": Removal(
        "transforms/disclosure/counts/rules.py",
        "shown = {place for places in system.places for place in places}",
        "shown = set(range(len(system.keys)))",
        "tests/transforms/disclosure/test_households.py::test_what_is_left_of_ours_without_a_figure_of_others_is_judged",
    ),
    "file numbers that contradict nobody": Removal(
        "transforms/intake/contract.py",
        "aside = {field.name for field in source.aside}",
        "aside: set[str] = set()",
        "tests/transforms/intake/test_contract.py::test_a_closed_row_holds_over_the_open_one",
    ),
    "households of a run": Removal(
        "flows/pipeline/question.py",
        "personen.frame[HUISHOUDEN] if has_households(personen) else None",
        "None",
        "tests/end_to_end/test_households.py::test_a_count_of_one_household_is_blank_and_the_officer_hears_why",
    ),
    "households behind the sums of a run": Removal(
        "flows/pipeline/amounts.py",
        "    if has_households(context.staging.persons(PERSONEN, Pseudonymised)):\n",
        "    if False:\n",
        "tests/end_to_end/test_households.py::test_a_count_of_one_household_is_blank_and_the_officer_hears_why",
    ),
    "a category of a whole group": Removal(
        "transforms/microdata/persons_file.py",
        "replace(disclosure, sensitive=own, only=only, zeros=bool(own))",
        "disclosure",
        "tests/flows/commands/test_groups_and_sums.py::test_a_sensitive_category_of_a_whole_group_cannot_be_derived",
    ),
    "a sensitive column of an earlier release": Removal(
        "transforms/microdata/earlier_columns.py",
        "            sensitive=tuple(map(dimension_of, table.spec.disclosure.sensitive)),\n",
        "",
        "tests/flows/commands/test_groups_and_sums.py::test_what_an_earlier_release_hid_of_a_group_stays_hidden",
    ),
    "a sum of nothing over persons": Removal(
        "transforms/disclosure/sums/magnitude_rules.py",
        "    sensitive = (ledger.som == 0) & np.array([number != 0 for number in most])\n",
        "    sensitive = np.zeros(len(keys), dtype=bool)\n",
        "tests/flows/commands/test_groups_and_sums.py::test_a_sum_of_nothing_over_persons_is_blank",
    ),
    "a folder that goes by rename first": Removal(
        "flows/workfolder/files.py",
        "        folder.rename(temporary)\n",
        "        temporary = folder\n",
        "tests/flows/runs/test_killed.py::test_a_folder_is_whole_or_not_there_after_a_real_kill",
    ),
    "temporaries that are swept": Removal(
        "flows/workfolder/home.py",
        "                sweep(folder)\n",
        "                pass\n",
        "tests/flows/runs/test_killed.py::test_temporaries_of_every_room_go_with_the_next_command",
    ),
    "a damaged run that is passed by": Removal(
        "flows/workfolder/home.py",
        "suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)",
        "suppress()",
        "tests/flows/runs/test_killed.py::test_a_damaged_run_is_named_and_stops_nothing",
    ),
    "the key of a damaged run": Removal(
        "flows/rights/retention.py",
        "        return ()  # it may be the key of that run\n",
        "        pass\n",
        "tests/flows/runs/test_killed.py::test_while_a_run_within_its_term_is_damaged_no_key_is_destroyed",
    ),
    "the clock": Removal(
        "flows/registers/audit.py",
        "            raise ClockDoubtful(now, last)\n",
        "            pass\n",
        "tests/flows/runs/test_killed.py::test_with_a_clock_that_is_wrong_nothing_is_removed_or_destroyed",
    ),
    "a line before something is removed": Removal(
        "flows/rights/retention.py",
        '        record_deed(home, "remove", Role.STEWARD, "", **counts, deliveries=len(inbox_files))\n',
        "        pass\n",
        "tests/flows/runs/test_killed.py::test_what_is_removed_is_logged_before_and_not_removed_if_it_cannot_be",
    ),
    "value-free guard": Removal(
        "flows/guard.py",
        "            failure = UnexpectedFailure(step.__name__, type(error).__name__, _error_place(error))",
        "            raise",
        "tests/flows/service/test_guard.py::test_what_was_thrown_does_not_leave_a_step",
    ),
    "PIA gate": Removal(
        "pia/assess.py",
        "    if broken or expired:",
        "    if False:",
        "tests/pia/test_pia.py::test_a_measure_sees_its_sabotage",
    ),
    "limits of the contract": Removal(
        "transforms/intake/contract.py",
        "    if counts:\n        raise ContractBreach",
        "    if False:\n        raise ContractBreach",
        "tests/end_to_end/test_flow.py::test_bad_input_stops_with_its_own_error_and_nothing_lost",
    ),
    "what others publish": Removal(
        "transforms/disclosure/counts/attack.py",
        "profile.threshold, profile.public)",
        "profile.threshold)",
        "tests/transforms/disclosure/test_public_figures.py::test_the_audit_refuses_a_release_that_was_made_without_the_statistic",
    ),
    "what others publish, in the search": Removal(
        "transforms/disclosure/suppression/separation.py",
        "reach * pattern), self._room_up)",
        "reach * pattern), CAP)",
        "tests/transforms/disclosure/test_public_figures.py::test_whoever_has_a_statistic_learns_no_small_number_from_the_release",
    ),
    "narrow intervals that a release states with others": Removal(
        "transforms/disclosure/counts/audit.py",
        "            if place in attack.suppressed and attack.limits.is_broken(place, Interval(low, high)):",
        "            if False:",
        "tests/flows/commands/test_compare.py::test_a_release_that_is_not_at_hand_excuses_no_narrow_interval",
    ),
    "figures of another day": Removal(
        "flows/release/proof.py",
        '        if all(statistic.peildatum.isoformat() == manifest["peildatum"] for statistic in statistics):',
        "        if True:",
        "tests/flows/commands/test_compare.py::test_figures_of_another_day_excuse_no_narrow_interval",
    ),
    "a release of the same day that came in between": Removal(
        "flows/release/ledger_entry.py",
        "        raise LedgerMoved\n    published",
        "        pass\n    published",
        "tests/end_to_end/test_beside.py::test_an_answer_of_the_same_day_that_came_in_between_stops_a_release",
    ),
    "figures that are not of this file": Removal(
        "transforms/disclosure/suppression/job.py",
        "    if differing:\n        raise PublicFiguresDiffer(differing)\n",
        "",
        "tests/transforms/disclosure/test_public_figures.py::test_a_statistic_of_other_residents_is_refused_by_name",
    ),
    "two releases of one day": Removal(
        "transforms/comparison/pair.py",
        "        require_safe_as_one([before.content, after.content])\n",
        "",
        "tests/flows/commands/test_compare.py::test_what_does_not_go_together_writes_nothing",
    ),
    "the releases that an answer follows": Removal(
        "transforms/disclosure/suppression/protect.py",
        "    everything = (*job.before.released, *hidden)\n",
        "    job = replace(job, before=SamePersons())\n    everything = hidden\n",
        "tests/transforms/disclosure/test_same_persons.py::test_ten_requests_do_not_difference_out_a_cell",
    ),
}


_WHOLE_RUNS = re.compile(
    "tests/[a-z_/]+/test_(asking|beside|compare_run|erasure|exclusions|flow|killed|release|serve|sum_release|surface)"
    "|tests/end_to_end/test_households"
)
"""Tests that need whole runs, most of a minute in a copy: their removals are nightly."""


@pytest.mark.removal
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.nightly] * bool(_WHOLE_RUNS.match(one.test)))
        for name, one in REMOVALS.items()
    ],
)
def test_a_removed_protection_turns_its_test_red(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    removal = REMOVALS[name]
    copy = tmp_path / "kopie"
    ignored = shutil.ignore_patterns(".git", ".venv", ".tools", "demo", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(PROJECT, copy, ignore=ignored)
    path = copy / removal.file
    text = path.read_text()
    assert text.count(removal.old) == 1, "the protection moved: mend this removal"
    path.write_text(text.replace(removal.old, removal.new))
    shared = Path(os.environ.get(FOLDER_VARIABLE, tmp_path_factory.getbasetemp().parent / "remembered"))
    shared.mkdir(exist_ok=True)
    # PYTHONPATH puts the copy before the installed project.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "", "-x", removal.test],
        cwd=copy,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(copy),
            FOLDER_VARIABLE: str(shared),
            "HYPOTHESIS_PROFILE": "removal",  # that it fails is enough: the smallest example is not sought
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    print(f"{name}: {[line for line in done.stdout.splitlines() if line.startswith('FAILED')]}")
    assert done.returncode == 1, done.stdout[-2000:]
    assert f"FAILED {removal.test}" in done.stdout
