import { InputError } from '../../../shared/errors';
import { secretText, wellFormed } from '../../../shared/fields';
import { defineCall } from '../../../shared/operation';
import { textOf } from '../../../shared/values';
import { formRequest, smsPlatform } from '../protocol';

const MOST_CHARACTERS = 20;

const NEXT_STEP =
	'Enter the new password in the credential of this node by hand: n8n cannot do that, and every request fails until it is done.';

export const changePassword = defineCall({
	resource: 'account',
	operation: 'changePassword',
	name: 'Change Password',
	action: 'Change the password of the account',
	description:
		'Change the password at the platform. The credential in n8n must be updated by hand afterwards.',
	source: 'SMS §6',
	effect: 'send',
	notice: `This changes the password at the platform only. ${NEXT_STEP}`,
	vendor: smsPlatform,
	fields: {
		newPassword: secretText(
			{
				displayName: 'New Password',
				description: `The password to set, at most ${MOST_CHARACTERS} characters`,
			},
			(typed, label) => {
				if (typed.length > MOST_CHARACTERS) {
					throw new InputError(
						label,
						`is ${typed.length} characters long, and the platform takes at most ${MOST_CHARACTERS}`,
						'Choose a shorter one.',
					);
				}
				return wellFormed(typed, label);
			},
		),
	},
	options: {},
	request: ({ newPassword }) => ({
		...formRequest('/pwd.aspx', { newpassword: newPassword }),
		secrets: [newPassword],
	}),
	response: ({ whole, fields }) => [
		{
			vendor: whole,
			simplified: { changed: true, message: textOf(fields.message), nextStep: NEXT_STEP },
		},
	],
});
