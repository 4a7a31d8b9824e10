import { InputError } from '../../../shared/contracts/errors';
import { choice, text } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { tidyNumber } from '../../../shared/fields/typedText';
import { toNumber, toText } from '../../../shared/wire/values';
import { singleResponse, m2m, m2mRequest } from '../protocol';

const parseDecimal = (typed: string, label: string): string => {
	const digits = tidyNumber(typed);
	if (!/^\d{1,20}$/.test(digits)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 40)}" is not a decimal number`,
			`Write ${label} with the digits 0 to 9. A hexadecimal value such as 2623 (hex) must be converted first, here to 9763.`,
		);
	}
	return digits;
};

export const getBaseStation = defineCall({
	resource: 'location',
	operation: 'getBaseStation',
	name: 'Get Base Station',
	action: 'Get coordinates and address of a base station',
	description:
		'Get where a base station of the mobile network stands, by the cell that a device reports',
	source: 'M2M §2.12',
	effect: 'read',
	vendor: m2m,
	fields: {
		mcc: text(
			{
				displayName: 'Country Code (MCC)',
				description: 'Mobile country code: 460 is China',
				placeholder: 'e.g. 460',
			},
			parseDecimal,
			'460',
		),
		mnc: choice(
			{ displayName: 'Carrier (MNC)', description: 'Carrier that runs the base station' },
			[
				{
					name: 'China Mobile',
					value: '0',
					aliases: [
						...[
							'China Mobile (0)',
							'Mobile',
							'CMCC',
							'中国移动',
							'移动',
							'00',
							'02',
							'04',
							'07',
							'08',
						],
						...['46000', '46002', '46004', '46007', '46008', '46013'],
					],
				},
				{
					name: 'China Unicom',
					value: '1',
					aliases: [
						...['China Unicom (1)', 'Unicom', 'CUCC', '中国联通', '联通', '01', '06', '09'],
						...['46001', '46006', '46009', '46010'],
					],
				},
			],
			'0',
		),
		lac: text(
			{
				displayName: 'Area Code (LAC)',
				description: 'Location area code of the base station, as a decimal number',
				placeholder: 'e.g. 9763',
			},
			parseDecimal,
		),
		cellId: text(
			{
				displayName: 'Cell ID',
				description: 'Number of the base station in its area, as a decimal number',
				placeholder: 'e.g. 3693',
			},
			parseDecimal,
		),
	},
	options: {},
	request: ({ mcc, mnc, lac, cellId }) =>
		m2mRequest('/M2MLbsInfo.ashx', { mcc, mnc, lac, cellid: cellId }),
	response: singleResponse((row) => ({
		longitude: toNumber(row.longitude),
		latitude: toNumber(row.latitude),
		radiusMeters: toNumber(row.radius),
		address: toText(row.address),
	})),
});
