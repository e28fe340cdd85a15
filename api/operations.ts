/** Every operation of the API in the order in which the document shows them. */
import { assignmentOperations } from './assignments/assignments.routes.ts';
import { chiefOperations } from './chiefs/chiefs.routes.ts';
import { cadenceOperations } from './coverage/cadence.routes.ts';
import { certificateOperations } from './coverage/certificate.routes.ts';
import { coverageOperations } from './coverage/coverage.routes.ts';
import { exportOperations } from './coverage/export.routes.ts';
import { hotspotOperations } from './hotspots/hotspots.routes.ts';
import type { Operation } from './http/operation.ts';
import { importOperations } from './interop/imports.routes.ts';
import { issueOperations } from './issues/issues.routes.ts';
import { patrolOperations } from './patrols/patrols.routes.ts';
import { roadOperations } from './roads/roads.routes.ts';
import { calendarOperations } from './rules/calendar.routes.ts';
import { keyPointOperations } from './rules/key-points.routes.ts';
import { ruleOperations } from './rules/rules.routes.ts';
import { segmentOperations } from './segments/segments.routes.ts';
import { settingsOperations } from './settings.routes.ts';
import { zoneOperations } from './zones/zones.routes.ts';

export const operations: Operation[] = [
  ...roadOperations,
  ...zoneOperations,
  ...chiefOperations,
  ...assignmentOperations,
  ...ruleOperations,
  ...keyPointOperations,
  ...calendarOperations,
  ...segmentOperations,
  ...coverageOperations,
  ...cadenceOperations,
  ...certificateOperations,
  ...exportOperations,
  ...issueOperations,
  ...hotspotOperations,
  ...patrolOperations,
  ...importOperations,
  ...settingsOperations,
];
