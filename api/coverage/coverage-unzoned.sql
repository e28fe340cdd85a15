-- Required are the metres that are there, met those of them that lie in a community.
select :group: as key, null::text as role, null::integer as rule_id, null::tstzrange as period,
  sum(side_cm(a.span, a.sides)) as required,
  coalesce(sum(side_cm(a.span, a.sides)) filter (where a.community_id is not null), 0) as met, 0::bigint as tolerated
from segs a, lateral (select null::integer as chief_id) h
where a.status <> 'planned'
group by 1
