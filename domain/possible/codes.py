"""What each refusal of the domain is about: an argument, or what the case is and who asks.

The first say nothing of whether a command is possible: with another argument it may be accepted.
Every code is in exactly one of the two; tests/domain/test_possible.py holds that.
"""

OF_ARGUMENTS = frozenset(
    {
        # first contact, routing, correcting
        *("channel_needs_staff", "item_retired", "no_duty_clerk", "no_such_receiver"),
        *("not_anonymous", "not_under_you", "not_your_visit", "nothing_changed", "parties_missing"),
        *("parties_of_a_request", "proactive_needs_staff", "unknown_item", "unknown_unit"),
        # the ways of a case
        *("no_such_rung", "nobody_below", "not_a_community_or_grid", "not_another_department"),
        *("not_below", "not_upwards", "nothing_spent", "outside_the_place", "reason_is_automatic"),
        *("rung_skipped", "time_ran_out_there"),
        # clocks
        *("extension_too_long", "mediation_suspends_by_itself", "wrong_time_unit"),
        # helpers and agents
        *("a_unit_or_a_partner", "already_summoned", "no_help_recorded", "no_such_agent"),
        *("nobody_summoned", "not_a_department_here", "not_how_it_was_said", "unknown_partner"),
        # the same matter
        *("lead_is_dispute", "lead_is_itself", "lead_less_urgent", "no_such_earlier"),
        *("no_such_later", "no_such_lead", "not_resolved_before", "not_the_same_matter"),
        *("reason_missing", "recurs_itself"),
        # resolution, ratings, redress
        *("evidence_missing", "file_unknown", "grade_out_of_range", "no_rung_above"),
        # deliberation
        *("a_meeting_decides", "back_dated", "counts_do_not_add_up", "minutes_missing"),
        *("publish_it_instead", "still_to_come"),
        # disputes
        *("another_draft_by_now", "duty_already_due", "how_it_was_given_missing"),
        *("longer_than_the_limit_again", "mediator_has_a_stake", "mediator_named_twice"),
        *("mediators_not_of_the_panel", "no_door_for_disputes", "no_mediator_here", "nobody_meant"),
        *("not_due_yet", "not_your_word", "panel_empty", "session_before_the_panel"),
        *("session_in_the_future", "unknown_party"),
        # the office
        *("border_too_large", "border_unusable", "borders_overlap", "class_has_another_name"),
        *("effective_in_the_past", "ends_before_it_starts", "grid_incomplete", "item_exists"),
        *("kind_does_not_fit", "level_does_not_fit", "login_taken", "mediator_kind_does_not_fit"),
        *("no_handling_rung", "no_holidays", "not_a_clerk", "not_a_department", "not_a_grid"),
        *("not_a_holiday_of_the_year", "not_a_make_up_day", "not_a_post_of_theirs"),
        *("nothing_changes", "person_exists", "policy_unreadable", "post_exists"),
        *("role_does_not_fit", "stands_in_for_themselves", "successor_cannot_answer"),
        *("successor_inside", "successor_leaves_too", "successor_of_other_kind", "unit_exists"),
        *("unknown_person", "unknown_post", "version_exists", "no_such_planned_change"),
        *("no_such_request", "changes_would_be_lost"),
        # admissions, visits, erasures, reports
        *("community_own", "ends_before", "money_negative", "not_a_community", "not_responsible"),
        *("outside_reach", "period_empty", "period_over", "units_missing"),
        *("no_post_then", "not_of_the_place", "not_of_this_visit", "not_visited_yet"),
        *("nothing_to_amend", "place_unknown", "recorded_too_late"),
        *("no_such_subject", "targets_missing", "another_report", "edition_taken"),
        *("file_not_kept", "not_later", "period_not_over"),
    }
)
"""An argument is missing, wrong, or not the one that would do."""

OF_STATE = frozenset(
    {
        # who may
        *(
            "cases_only",
            "has_a_stake",
            "importer_only",
            "judge_in_own_cause",
            "mediator_was_rejected",
        ),
        *("no_valid_post", "not_a_party", "not_asked", "not_entitled", "not_the_agent"),
        *("own_handling", "own_request", "partner_only", "reporter_only", "resident_only"),
        *("staff_only", "system_only"),
        # what the case is
        *("case_closed", "case_exists", "case_open", "erased", "is_dispute", "no_resident"),
        *("no_such_case", "not_a_dispute", "not_a_public_matter", "not_awaiting_acceptance"),
        *("not_awaiting_rating", "not_in_progress", "not_open", "not_shelved", "not_suspended"),
        *("already_erased", "right_open"),
        # first contact
        *("already_overturned", "being_rectified", "no_clerk_near", "not_at_first_contact"),
        *("nothing_to_review", "officer_still_here"),
        # the ways of a case
        *(
            "admission_money_used_up",
            "admission_over",
            "adjudication_open",
            "bound_by_adjudication",
        ),
        *("climbed_by_itself", "hand_over_first", "hand_over_instead", "mass_case"),
        *("mediation_failed_there", "no_one_in_charge", "no_progress_recorded"),
        *("no_such_post_here", "no_transfer_offered", "nobody_takes_over", "nobody_there"),
        *("not_admitted", "not_at_a_department", "not_in_charge_any_more", "not_under_admission"),
        *("not_yours_to_delegate", "nothing_below", "nothing_to_adjudicate", "post_still_valid"),
        *("rectification_ordered", "reopened_here", "return_window_over", "top_of_ladder"),
        *("transfer_open", "transfer_was_accepted"),
        # orders and clocks
        *("department_only", "extension_already_asked", "extension_not_used_up"),
        *("ground_already_used", "no_extension_asked", "no_handling_clock", "no_order_open"),
        *("no_shelving_asked", "no_unit_above", "nobody_on_site", "not_an_emergency", "order_open"),
        *("order_unanswered", "past_due", "rectification_is_bounded", "reminded_recently"),
        *("shelving_asked", "suspended"),
        # helpers and agents
        *("agent_already_named", "already_released", "already_reported_in", "no_agent"),
        *("no_such_summons", "not_reported_in", "nothing_to_verify", "only_a_street_summons"),
        # the same matter
        *("already_joined", "already_marked", "already_noted", "already_withdrawn"),
        *("decision_pending", "helpers_summoned", "lead_not_open", "leads_others", "less_urgent"),
        *("not_joined", "not_marked", "not_merged", "recurrence_too_late"),
        # resolution, ratings, redress
        *("already_appealed", "already_excluded", "already_rated", "already_reconsidered"),
        *("appeal_too_late", "no_appeal_open", "no_reconsideration_open", "no_review_open"),
        *("no_withdrawal_recorded", "nothing_excluded", "nothing_to_appeal"),
        *("reconsideration_too_late", "withdrawal_under_review"),
        # deliberation
        *("already_deliberated", "already_objected", "deliberation_under_way", "no_such_objection"),
        *("not_its_turn", "nothing_deliberated", "nothing_published", "objections_open"),
        "publication_running",
        # disputes
        *("already_checked", "already_confirmed", "already_consented", "already_mediated_here"),
        *("already_rejected_one", "consents_missing", "joint_panel_incomplete", "limit_over"),
        *("longer_already_asked", "mediation_not_exhausted", "mediation_under_way"),
        *("no_longer_asked", "no_mediation", "no_session_held", "no_such_duty"),
        *("nobody_in_that_place", "not_at_this_step", "not_consented", "panel_complete"),
        "panel_incomplete",
        # the office
        *("absent_already", "item_change_planned", "no_hand_over", "no_post_to_leave"),
        *("nobody_to_hand_over_to", "not_absent", "oversight_is_opened_anew", "own_oversight"),
        *("planned_change_depends", "post_ended", "post_has_open_cases", "post_requested"),
        *("second_person_needed", "top_of_the_tree", "unit_closed", "unit_in_use"),
        # admissions, visits, erasures
        *("admission_exists", "already_revoked", "approved_before", "no_such_admission"),
        *("not_approved", "not_awaiting_approval", "own_application", "no_such_visit"),
        *("visit_exists", "asked_for_it", "erasure_exists", "legal_hold", "no_such_erasure"),
        *("not_to_be_erased", "not_your_erasure", "own_matter"),
    }
)
"""What the case is, how far it has come, who asks: no other argument would change it."""
