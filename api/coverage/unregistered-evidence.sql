-- Which walks off the roads between two moments can be believed? Not those of patrols that nobody walked: copies, drawn lines.
select w.patrol_id as patrol, t.chief_id as chief, extract(epoch from upper(w.walked))::double precision as at_s,
  st_asbinary(w.geom, 'NDR') as wkb
from off_road_walks w
join patrols t on t.id = w.patrol_id
where lower(w.walked) >= cast(:from as timestamptz) and lower(w.walked) < cast(:to as timestamptz)
  and not exists (
    select from jsonb_array_elements(t.flags) flag
    where flag->>'kind' in ('repeated_track', 'repeated_positions', 'straight_lines', 'too_regular', 'impossible_accuracy')
  )
