/** What our own tables say of the action nodes, by node. What n8n sees is in `package.ts`. */
// With its ending: without, the codex file beside it is meant.
import { m2mCardTable } from '../../nodes/M2m/M2mCard.node.ts';
import { smsPlatformTable } from '../../nodes/SmsPlatform/SmsPlatform.node.ts';
import { trafficRechargeTable } from '../../nodes/TrafficRecharge/TrafficRecharge.node.ts';
import type { ActionTable } from '../../nodes/shared/action/actionProperties';

export const TABLES: Readonly<Record<string, ActionTable>> = {
	m2mCard: m2mCardTable,
	smsPlatform: smsPlatformTable,
	trafficRecharge: trafficRechargeTable,
};
