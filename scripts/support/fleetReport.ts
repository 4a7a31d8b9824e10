/** What the example workflow `fleet-report.json` answers. */
export interface FleetReport {
	cards: number;
	failed: number;
	byStatus: Record<string, number>;
	usedDataMb: number;
	above80Percent: number;
	expiringIn30Days: number;
}

/** The report as an aligned table of two columns. */
export function formatFleetReport(report: FleetReport): string {
	const statuses = Object.entries(report.byStatus).sort(([, a], [, b]) => b - a);
	const rows: Array<[label: string, value: string]> = [
		['Cards', number(report.cards)],
		...statuses.map(([status, count]): [string, string] => [`  ${status}`, number(count)]),
		['Could not be read', number(report.failed)],
		['Data used', `${number(report.usedDataMb)} MB`],
		['Above 80 % of the plan', number(report.above80Percent)],
		['Expiring in 30 days', number(report.expiringIn30Days)],
	];
	const labelWidth = Math.max(...rows.map(([label]) => label.length));
	const valueWidth = Math.max(...rows.map(([, value]) => value.length));
	const lines = rows.map(
		([label, value]) => `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}`,
	);
	return lines.join('\n');
}

/** Whether an answer is a report; a failed workflow answers something else. */
export function isFleetReport(value: unknown): value is FleetReport {
	return typeof value === 'object' && value !== null && 'cards' in value && 'byStatus' in value;
}

function number(value: number): string {
	return value.toLocaleString('en-US');
}
