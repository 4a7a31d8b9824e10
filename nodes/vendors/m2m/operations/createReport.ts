import { defineSummary } from '../../../shared/contracts/operation';
import type { Language } from '../../../shared/contracts/question';
import { formatChinaDate } from '../../../shared/fields/chinaTime';
import {
	booleanField,
	choices,
	integerField,
	optionalChoiceField,
	optionalTextField,
} from '../../../shared/fields/fields';
import { fleetFigures, readFleet } from '../fleet/figures';
import { fleetPage } from '../fleet/page';
import { fleetTable } from '../fleet/table';
import { WORDS } from '../fleet/words';
import { m2m } from '../protocol';

type Format = 'html' | 'csv';

/** One page and one table of all cards that came in. */
export const createReport = defineSummary({
	resource: 'fleet',
	operation: 'createReport',
	name: 'Create Report',
	action: 'Create a report of all cards that came in',
	description:
		'Create one report of all cards that came in, as a page to mail and a table for Excel: totals, who is low, who expires, who will use more than the plan. Sends nothing.',
	source: 'M2M §2.1, §2.2, §2.8',
	vendor: m2m,
	fields: {
		title: optionalTextField(
			{
				displayName: 'Title',
				description: 'What stands above the report. Left empty, it says that it is a fleet report.',
				placeholder: 'e.g. Fleet report',
			},
			() => undefined,
		),
		formats: choices<Format>(
			{
				displayName: 'Formats',
				description: 'Which files go with the item. None chosen means all.',
			},
			[
				{
					name: 'Page (HTML)',
					value: 'html',
					description: 'The file report, for a mail, a browser or paper',
				},
				{
					name: 'Table (CSV)',
					value: 'csv',
					description: 'The file table, which Excel opens with all digits and characters intact',
				},
			],
		),
	},
	options: {
		language: optionalChoiceField<Language>(
			{ displayName: 'Language', description: 'Language of the page and of the table' },
			[
				{ name: 'Chinese', value: 'zh' },
				{ name: 'English', value: 'en' },
			],
			'en',
		),
		lowDataPercent: integerField(
			{
				displayName: 'Low Data Percent',
				description: 'A card with less than this part of its plan left is low',
				unit: 'percent',
			},
			{ min: 0, max: 100 },
			20,
		),
		expiringDays: integerField(
			{
				displayName: 'Expiring Days',
				description: 'A card with so many days left, or fewer, is expiring',
				unit: 'days',
			},
			{ min: 0, max: 3_650 },
			30,
		),
		topCount: integerField(
			{
				displayName: 'Top Count',
				description: 'How many of the cards that use most to name',
				unit: 'cards',
			},
			{ min: 0, max: 1_000 },
			10,
		),
		htmlField: booleanField(
			{
				displayName: 'HTML Field',
				description:
					'Whether to put the page into the field html, too, for nodes that take a text. An AI agent gets the figures only.',
			},
			true,
		),
	},
	summarize: (items, { title, formats, htmlField, ...settings }, { now, asTool }) => {
		const nowMs = now();
		const fleet = readFleet(items, settings, nowMs);
		const shownTitle = title ?? WORDS[settings.language].title;
		const page = fleetPage(fleet, shownTitle);
		const fileName = `fleet-report-${formatChinaDate(nowMs)}`;
		const files = {
			html: { report: { fileName: `${fileName}.html`, mimeType: 'text/html', text: page } },
			csv: {
				table: { fileName: `${fileName}.csv`, mimeType: 'text/csv', text: fleetTable(fleet) },
			},
		};
		return {
			json: {
				title: shownTitle,
				...fleetFigures(fleet),
				...(htmlField && formats.includes('html') && !asTool ? { html: page } : {}),
			},
			files: Object.assign({}, ...formats.map((format) => files[format])),
		};
	},
});
