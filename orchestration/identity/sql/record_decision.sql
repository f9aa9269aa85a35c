-- Decisions are numbered in their order; nobody else writes while this runs.
insert into raw_onefold.identity_decisions by name
select
    $decision_id as decision_id,
    (select count(*) + 1 from raw_onefold.identity_decisions) as decision_number,
    $decision as decision,
    $left_key as left_key,
    $right_key as right_key,
    $reason as reason,
    $decided_by as decided_by,
    $decided_at as decided_at
