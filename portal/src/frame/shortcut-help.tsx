import { Kbd, Modal, Switch, Table } from '@mantine/core';
import { setPreferences, usePreferences } from '@/preferences/preferences';

const keys: [string, string][] = [
  ['Ctrl / ⌘ K', 'Go to a page, do something, or open a pasted id'],
  ['?', 'Show these keys'],
  ['/', 'Search in the list of this page'],
  ['j  k', 'Next and previous row, inside a list'],
  ['Enter', 'Open the row'],
  ['← →', 'Previous and next point, in a chart; Home and End for the ends'],
  ['Esc', 'Close, or leave the field'],
];

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { singleKeys } = usePreferences();
  return (
    <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table mb="md">
        <Table.Tbody>
          {keys.map(([key, means]) => (
            <Table.Tr key={key}>
              <Table.Td w={120}><Kbd>{key}</Kbd></Table.Td>
              <Table.Td>{means}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        checked={singleKeys}
        onChange={(event) => { setPreferences({ singleKeys: event.currentTarget.checked }); }}
        label="Single keys (? / j k)"
      />
    </Modal>
  );
}
