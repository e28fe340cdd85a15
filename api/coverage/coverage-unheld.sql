-- Of roles that the rules ask for. Segments of a group that lack the same are one row before roles are looked at one by one.
select :group: as key, slot.role, null::integer as rule_id, null::tstzrange as period, sum(a.weight) as required,
  coalesce(sum(a.weight) filter (where slot.role <> all (a.missing)), 0) as met, 0::bigint as tolerated
from (
    select :group_columns: a.required, a.missing, sum(side_cm(a.span, a.sides)) as weight
    from segs a
    group by :group_columns: a.required, a.missing
  ) a, unnest(a.required) as slot (role), lateral (select :holder: as chief_id) h
where slot.role = any (:roles::text[])
group by 1, 2
