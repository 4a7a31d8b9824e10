/** The packages of one vendor each, which `npm run build:packages` makes of the same source. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ListedClass, sourceOf } from '../support/bundle';

const ROOT = join(__dirname, '..', '..');

/** The folders of `nodes/vendors`. */
export type VendorFolder = 'm2m' | 'simBatch' | 'smsPlatform' | 'trafficRecharge';

/** A package of one vendor: all that is told of it here and nowhere else. */
export interface VendorPackage {
	readonly name: string;
	/** As its readme and the docs call the service. */
	readonly title: string;
	readonly description: string;
	/** Beside those of every package of n8n nodes. */
	readonly keywords: readonly string[];
	readonly vendor: VendorFolder;
	/** As `Folder/Class`, the first one being its action node. */
	readonly nodes: readonly [string, ...string[]];
	/** The names of their classes. */
	readonly credentials: readonly string[];
	/** Which lines of the changelog are about it. */
	readonly toldBy: RegExp;
}

export const VENDOR_PACKAGES: readonly VendorPackage[] = [
	{
		name: 'n8n-nodes-m2m-card-cn',
		title: 'M2M Card',
		description:
			'n8n nodes for the M2M card platform in China: IoT SIM cards, their data use, devices and SMS, with push and watch triggers',
		keywords: ['iot', 'm2m', 'sim', 'sms', 'mobile-data', 'china'],
		vendor: 'm2m',
		nodes: [
			'M2m/M2mCard',
			'M2m/M2mCardWatchTrigger',
			'M2m/M2mFlowAlertTrigger',
			'M2m/M2mReplyPollingTrigger',
			'M2m/M2mSmsTrigger',
		],
		credentials: ['M2mCardApi'],
		toldBy: /\bM2M\b|\bcards?\b|Get Overview|Create Report|flow alerts?/i,
	},
	{
		name: 'n8n-nodes-sim-batch-cn',
		title: 'SIM Batch',
		description:
			'n8n node for the SIM batch query in China: status, dates and remaining data of thousands of SIM cards by IMEI or ICCID',
		keywords: ['iot', 'sim', 'iccid', 'imei', 'batch', 'china'],
		vendor: 'simBatch',
		nodes: ['SimBatch/SimBatch'],
		credentials: ['SimBatchApi'],
		toldBy: /\bSIM Batch\b|\bSIMs\b/i,
	},
	{
		name: 'n8n-nodes-sms-platform-cn',
		title: 'SMS Platform',
		description:
			'n8n nodes for the SMS platform in China: international and domestic SMS, questions that people answer, delivery reports and replies',
		keywords: ['sms', 'text-message', 'two-way-sms', 'approval', 'china'],
		vendor: 'smsPlatform',
		nodes: [
			'SmsPlatform/SmsPlatform',
			'SmsPlatform/SmsPlatformPollingTrigger',
			'SmsPlatform/SmsPlatformTrigger',
		],
		credentials: ['SmsPlatformApi'],
		toldBy: /\bSMS Platform\b|\brepl(?:y|ies)\b|\bSignature\b|delivery reports?/i,
	},
	{
		name: 'n8n-nodes-traffic-recharge-cn',
		title: 'Traffic Recharge',
		description:
			'n8n nodes for the traffic recharge platform in China: orders of mobile data that never charge twice, their status and flow codes',
		keywords: ['mobile-data', 'top-up', 'airtime', 'traffic-recharge', 'china'],
		vendor: 'trafficRecharge',
		nodes: ['TrafficRecharge/TrafficRecharge', 'TrafficRecharge/TrafficRechargeTrigger'],
		credentials: ['TrafficRechargeApi'],
		toldBy: /\bTraffic Recharge\b|\borders?\b|flow codes?/i,
	},
];

/** Where what is written of a package stands, and what it has of its own. */
export const packageFolder = ({ name }: VendorPackage): string => `packages/${name}`;

/** What the package lists in its package.json. */
export const listOf = ({ nodes, credentials }: VendorPackage) => ({
	credentials: credentials.map((name) => `dist/credentials/${name}.credentials.js`),
	nodes: nodes.map((name) => `dist/nodes/${name}.node.js`),
});

/** The file of the package's own folder, where there is one; else the one of the package of all. */
export function ownOrShared(one: VendorPackage, shared: string): string {
	const own = join(packageFolder(one), basename(shared));
	return existsSync(join(ROOT, own)) ? own : shared;
}

/** The classes that n8n loads of the package. */
export function classesOf(one: VendorPackage): ListedClass[] {
	const { nodes, credentials } = listOf(one);
	return [...nodes, ...credentials].map((file) => ({
		file,
		source: ownOrShared(one, sourceOf(file)),
	}));
}
