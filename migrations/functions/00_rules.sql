-- Whether a rule's conditions (null: none) fit a place on a road.
create or replace function rule_fits(
  rule_class text, rule_town integer, rule_kind text, rule_bureau boolean,
  class text, town_id integer, zone_kind text, bureau_led boolean
)
returns boolean
language sql immutable parallel safe
return (rule_class is null or rule_class = class)
  and (rule_town is null or coalesce(rule_town = town_id, false))
  and (rule_kind is null or coalesce(rule_kind = zone_kind, false))
  and (rule_bureau is null or rule_bureau = bureau_led);

-- How particular a rule is: town before kind of zone, before bureau-led, before class. Two rules of the same rank that
-- fit one place have the same conditions, which the tables forbid.
create or replace function rule_rank(rule_class text, rule_town integer, rule_kind text, rule_bureau boolean)
returns integer
language sql immutable parallel safe
return case when rule_town is null then 0 else 8 end
  + case when rule_kind is null then 0 else 4 end
  + case when rule_bureau is null then 0 else 2 end
  + case when rule_class is null then 0 else 1 end;

-- Whether people work on a day: Monday to Friday, unless the calendar says otherwise.
create or replace function is_working_day(day date) returns boolean
language sql stable parallel safe
return coalesce((select c.working from calendar_days c where c.day = is_working_day.day), extract(isodow from day) < 6);

-- The periods (day, week from Monday, calendar month, in the connection's time zone, which is the district's) whose end
-- lies in (since, until].
create or replace function periods_ended(per text, days text, since timestamptz, until timestamptz)
returns setof tstzrange
language sql stable parallel safe rows 10
as $$
  select tstzrange(first, first + ('1 ' || per)::interval)
  from generate_series(date_trunc(per, since), until, ('1 ' || per)::interval) as first
  where first + ('1 ' || per)::interval > since
    and first + ('1 ' || per)::interval <= until
    and (days = 'every' or is_working_day(first::date))
$$;

-- The period that a moment lies in; none on a day on which nobody works.
create or replace function period_running(per text, days text, moment timestamptz)
returns setof tstzrange
language sql stable parallel safe rows 1
as $$
  select tstzrange(date_trunc(per, moment), date_trunc(per, moment) + ('1 ' || per)::interval)
  where days = 'every' or is_working_day(moment::date)
$$;

-- The last period that was over at a moment. A month without a working day has none.
create or replace function period_ended_last(per text, days text, moment timestamptz)
returns setof tstzrange
language sql stable parallel safe rows 1
as $$
  select period
  from periods_ended(per, days, moment - case when days = 'every' then ('1 ' || per)::interval else interval '31 days' end, moment) as period
  order by period desc
  limit 1
$$;

-- The assignments as they were known at a moment: rows made later are not there, rows that were ended or re-measured
-- later are as they stood (R61).
create or replace function assignments_known(known timestamptz) returns setof assignments
language sql stable
as $$
  with
  later as (
    select distinct on (h.row_id) h.row_id, h.before
    from history h join change_log c on c.id = h.change_id
    where h.table_name = 'assignments' and c.at > known
    order by h.row_id, h.id
  ),
  then_there as (
    select (jsonb_populate_record(null::assignments, l.before)).* from later l
    union all
    select a.* from assignments a where a.id not in (select row_id from later)
  )
  select t.* from then_there t join change_log c on c.id = t.change_id where c.at <= known
$$;
